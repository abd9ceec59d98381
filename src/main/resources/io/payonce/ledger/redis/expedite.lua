-- expedite: makes a payment due now; where it is leased, as soon as its worker puts it off:
--   the due time of a leased payment is the end of its lease, and moving it would take the lease away
-- KEYS: payment packed due
-- ARGV: member event
-- returns: EXPEDITED | LEASED | ENDED | GONE
local payment, packed, due = unpack(KEYS)
local member, event = unpack(ARGV)
local had = fetch(payment, packed, 'st', 'f', 'log')
if not had[1] then return {'GONE'} end
if ended(had[1]) then return {'ENDED'} end
local at = now()
redis.call('HSET', payment, 'log', noted(had[3], at, event))
if had[2] ~= '-' then
  redis.call('HSET', payment, 'hu', 1) -- the worker may have asked before this was known
  return {'LEASED'}
end
local score = redis.call('ZSCORE', due, member)
if not score or tonumber(score) > at then redis.call('ZADD', due, at, member) end
return {'EXPEDITED'}
