-- reseal: another key seals from now on, if still that one does which did when this was decided
-- KEYS: seals
-- ARGV: from name canary
-- returns: RESEALED | MOVED
local seals = unpack(KEYS)
local from, name, canary = unpack(ARGV)
if redis.call('HGET', seals, 'name') ~= from then return {'MOVED'} end
local at = now()
redis.call('HSET', seals, 'name', name, 'canary', canary, 'at:' .. from, at, 'at:' .. name, at)
return {'RESEALED'}
