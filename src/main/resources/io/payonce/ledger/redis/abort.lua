-- abort: notes that the caller asked to stop the payment; no send of it gets an intent any more
-- KEYS: payment packed
-- ARGV: event
-- returns: NOTED now fields | ENDED now fields | GONE
local payment, packed = unpack(KEYS)
local event = unpack(ARGV)
local at = now()
local had = fetch(payment, packed, 'st', 'log')
if not had[1] then return {'GONE'} end
if ended(had[1]) then return {'ENDED', at, read(payment, packed)} end
redis.call('HSET', payment, 'ab', 1, 'log', noted(had[2], at, event))
return {'NOTED', at, read(payment, packed)}
