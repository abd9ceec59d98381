-- rename: changes what the ledger remembers of itself: its platform, to whom records without a name belong, or its scope
-- KEYS: charter
-- ARGV: field was is
-- returns: RENAMED | MOVED
local charter = unpack(KEYS)
local field, was, is = unpack(ARGV)
if redis.call('HGET', charter, field) ~= was then return {'MOVED'} end
redis.call('HSET', charter, field, is)
return {'RENAMED'}
