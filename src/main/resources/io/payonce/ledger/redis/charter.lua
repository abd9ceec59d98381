-- charter: writes what a new ledger remembers of itself; returns what this one remembers
-- KEYS: charter
-- ARGV: platform keyPrefix
-- returns: CHARTER platform scope
local charter = unpack(KEYS)
local platform, keyPrefix = unpack(ARGV)
redis.call('HSETNX', charter, 'platform', platform)
-- A record that is gone may have been of any.
redis.call('HSETNX', charter, 'of:' .. platform, now())
redis.call('HSETNX', charter, 'prefix', keyPrefix)
-- Programs that knew of no scope had this one.
redis.call('HSETNX', charter, 'scope', 'merchant')
return {'CHARTER', redis.call('HGET', charter, 'platform'), redis.call('HGET', charter, 'scope')}
