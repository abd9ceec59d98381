-- acknowledge: a person has seen why an ended, or forgotten, payment is before people
-- KEYS: payment attention
-- ARGV: member event
-- says: ACKNOWLEDGED | UNLISTED | UNSETTLED
local payment, attention = unpack(KEYS)
local member, event = unpack(ARGV)
local had = redis.call('HMGET', payment, 'st', 'log')
if had[1] and not ended(had[1]) then return {'UNSETTLED'} end
if redis.call('ZREM', attention, member) == 0 then return {'UNLISTED'} end
if had[1] then redis.call('HSET', payment, 'log', noted(had[2], now(), event)) end
return {'ACKNOWLEDGED'}
