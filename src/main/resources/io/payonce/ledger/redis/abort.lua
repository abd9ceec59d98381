-- abort: notes that the caller asked to stop the payment; no send of it gets an intent any more
-- KEYS: payment
-- ARGV: event
-- returns: NOTED now fields | ENDED now fields | GONE
local payment = unpack(KEYS)
local event = unpack(ARGV)
local at = now()
local had = redis.call('HMGET', payment, 'st', 'log')
if not had[1] then return {'GONE'} end
if ended(had[1]) then return {'ENDED', at, read(payment)} end
redis.call('HSET', payment, 'ab', 1, 'log', noted(had[2], at, event))
return {'NOTED', at, read(payment)}
