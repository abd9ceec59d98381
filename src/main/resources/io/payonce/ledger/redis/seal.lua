-- seal: returns which key seals this ledger, the first one that came; writes down which ones seal now
-- KEYS: seals
-- ARGV: name canary sealing
-- returns: SEALED now name canary fields | UNSEALED now
local seals = unpack(KEYS)
local name, canary, sealing = unpack(ARGV)
if name ~= '' and redis.call('HSETNX', seals, 'name', name) == 1 then redis.call('HSET', seals, 'canary', canary) end
local had, at = redis.call('HMGET', seals, 'name', 'canary'), now()
if not had[1] then return {'UNSEALED', at} end
for each in string.gmatch(sealing, '%S+') do redis.call('HSET', seals, 'at:' .. each, at) end
return {'SEALED', at, had[1], had[2], redis.call('HGETALL', seals)}
