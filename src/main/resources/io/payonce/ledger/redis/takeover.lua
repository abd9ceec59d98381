-- takeover: gives the lease to an operator's decision, at any time and whether or not it is leased
-- KEYS: payment packed due
-- ARGV: member token leaseMillis event
-- returns: TAKEN now fields body | ENDED | GONE | NEWER
local payment, packed, due = unpack(KEYS)
local member, token, leaseMillis, event = unpack(ARGV)
local had = fetch(payment, packed, 'st', 'log', 'is')
if not had[1] then return {'GONE'} end
if newer(had[3]) then return {'NEWER'} end
if ended(had[1]) then return {'ENDED'} end
local at = now()
redis.call('HSET', payment, 'f', token, 'log', noted(had[2], at, event))
redis.call('ZADD', due, at + leaseMillis, member)
return {'TAKEN', at, read(payment, packed), redis.call('HGET', payment, 'body')}
