-- limited: the merchants that have a rate now
-- KEYS: merchants
-- ARGV:
-- returns: LIMITED merchants
local merchants = unpack(KEYS)
redis.call('ZREMRANGEBYSCORE', merchants, '-inf', now())
return {'LIMITED', redis.call('ZRANGE', merchants, 0, 999)}
