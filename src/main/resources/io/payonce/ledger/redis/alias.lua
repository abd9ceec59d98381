-- alias: gives a payment one more name, unless that is another's
-- KEYS: alias archive
-- ARGV: given id keepMillis named
-- returns: NAMED
local alias, archive = unpack(KEYS)
local given, id, keepMillis, named = unpack(ARGV)
shelve(archive, redis.call('GET', archive), now())
knownBy(alias, given, id, keepMillis, named)
return {'NAMED'}
