-- rename: lets records without a name belong to another platform than before
-- KEYS: charter
-- ARGV: was platform
-- says: RENAMED | MOVED
local charter = unpack(KEYS)
local was, platform = unpack(ARGV)
if redis.call('HGET', charter, 'platform') ~= was then return {'MOVED'} end
redis.call('HSET', charter, 'platform', platform)
return {'RENAMED'}
