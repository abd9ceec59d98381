-- due: what must be looked at now, the most overdue first; puts the canary up where it has gone
-- KEYS: due
-- ARGV: most canary
-- returns: DUE members now canarySince
local due = unpack(KEYS)
local most, canary = unpack(ARGV)
local at, since = now(), redis.call('ZSCORE', due, canary)
-- Where Redis has no room for it, payments must be found all the same.
if not since then redis.pcall('ZADD', due, -at, canary) end
return {'DUE', redis.call('ZRANGEBYSCORE', due, '-inf', at, 'LIMIT', 0, most), at, -(since or -at)}
