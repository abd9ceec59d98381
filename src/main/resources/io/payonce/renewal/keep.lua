-- keep: stores what was renewed, unless a later turn has begun; a life of -1 is not known
-- KEYS: credential
-- ARGV: fence sealed lifeMillis keepMillis of
-- returns: KEPT | LATE
local credential = KEYS[1]
local fence, sealed, lifeMillis, keepMillis, of = unpack(ARGV)
if redis.call('HGET', credential, 'fence') ~= fence then return {'LATE'} end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local ends = ''
if tonumber(lifeMillis) >= 0 then ends = string.format('%.0f', now + lifeMillis) end
redis.call('HSET', credential, 'version', fence, 'sealed', sealed, 'until', ends, 'of', of)
redis.call('HDEL', credential, 'lease', 'rest', 'failures')
redis.call('PEXPIRE', credential, keepMillis)
return {'KEPT'}
