-- rest: gives the turn back after a failure; no pod gets it before the pause is over
-- KEYS: credential
-- ARGV: fence restMillis
-- returns: RESTING | LATE
local credential = KEYS[1]
local fence, restMillis = unpack(ARGV)
if redis.call('HGET', credential, 'fence') ~= fence then return {'LATE'} end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HDEL', credential, 'lease')
redis.call('HSET', credential, 'rest', string.format('%.0f', now + restMillis))
redis.call('HINCRBY', credential, 'failures', 1)
return {'RESTING'}
