-- quarantine: counts a failure to work on a payment; after a few it is looked at seldom, and needs review
-- KEYS: payment packed due attention
-- ARGV: member token most soonMillis seldomMillis event
-- returns: AGAIN | QUARANTINED | STALE
local payment, packed, due, attention = unpack(KEYS)
local member, token, most, soonMillis, seldomMillis, event = unpack(ARGV)
local at = now()
local kind = redis.call('TYPE', payment).ok
local had = (kind == 'hash' or kind == 'none') and fetch(payment, packed, 'st', 'f', 'log') or {}
-- What has no stage is no record: no lease is possible, nothing more can be written into it.
if had[1] then
  if ended(had[1]) or not holds(had[2], token) then return {'STALE'} end
  redis.call('HSET', payment, 'f', '-', 'log', noted(had[3], at, event))
  if redis.call('HINCRBY', payment, 'bad', 1) < tonumber(most) then
    redis.call('ZADD', due, at + soonMillis, member)
    return {'AGAIN'}
  end
end
redis.call('ZADD', due, at + seldomMillis, member)
redis.call('ZADD', attention, 'NX', at, member)
return {'QUARANTINED'}
