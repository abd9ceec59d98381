-- shut: notes since when a hosted page is known to be closed; it is looked at again when no press can be under way
-- KEYS: payment packed due
-- ARGV: member lookMillis event
-- returns: SHUT shut | ENDED | GONE
local payment, packed, due = unpack(KEYS)
local member, lookMillis, event = unpack(ARGV)
local had = fetch(payment, packed, 'st', 'f', 'log', 'shut')
if not had[1] then return {'GONE'} end
if ended(had[1]) then return {'ENDED'} end
if had[4] then return {'SHUT', had[4]} end
local at = now()
local shut = at .. ' '
redis.call('HSET', payment, 'shut', shut, 'log', noted(had[3], at, event))
local score = redis.call('ZSCORE', due, member)
if had[2] == '-' and (not score or tonumber(score) > at + lookMillis) then redis.call('ZADD', due, at + lookMillis, member) end
return {'SHUT', shut}
