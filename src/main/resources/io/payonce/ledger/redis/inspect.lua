-- inspect: reads all that is kept of a payment, and where it is listed
-- KEYS: payment packed due attention tomb stray wreck archive
-- ARGV: member buried
-- returns: INSPECTED now fields token dueAt attentionSince tombstone body stray remains moved movedOrder
local payment, packed, due, attention, tomb, stray, wreck, archive = unpack(KEYS)
local member, buried = unpack(ARGV)
local kind = redis.call('TYPE', payment).ok
shelve(archive, redis.call('GET', archive), now(), nil, buried)
local tombstone = entombed(redis.call('GET', tomb))
if kind ~= 'hash' and kind ~= 'none' then
  -- No record, but operators must see that it stands there: every field is what none can be.
  local odd = {}
  for i = 1, 15 do odd[i] = '?' end
  return {'INSPECTED', now(), odd, false, redis.call('ZSCORE', due, member),
    redis.call('ZSCORE', attention, member), tombstone, false, false, false, false, false}
end
local more = redis.call('HMGET', payment, 'f', 'body')
return {'INSPECTED', now(), read(payment, packed), more[1], redis.call('ZSCORE', due, member),
  redis.call('ZSCORE', attention, member), tombstone, more[2], redis.call('HGET', stray, member),
  redis.call('HGET', wreck, 'log'), redis.call('HGET', wreck, 'oa'), redis.call('HGET', wreck, 'or')}
