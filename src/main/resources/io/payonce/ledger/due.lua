-- due: what must be looked at now, the most overdue first
-- KEYS: due
-- ARGV: most
-- says: DUE members
local due = unpack(KEYS)
local most = unpack(ARGV)
return {'DUE', redis.call('ZRANGEBYSCORE', due, '-inf', now(), 'LIMIT', 0, most)}
