-- due: what must be looked at now, the most overdue first, after a given one; puts the canary up where it has gone
-- KEYS: due
-- ARGV: most canary score member
-- returns: DUE members now canarySince lastScore
local due = unpack(KEYS)
local most, canary, score, member = unpack(ARGV)
local at, since = now(), redis.call('ZSCORE', due, canary)
-- Where Redis has no room for it, payments must be found all the same.
if not since then redis.pcall('ZADD', due, -at, canary) end
local from, past = rank(due, score, member), redis.call('ZCOUNT', due, '-inf', at)
local members = from < past and redis.call('ZRANGE', due, from, math.min(from + most, past) - 1) or {}
local more = #members > 0 and from + #members < past
return {'DUE', members, at, -(since or -at), more and redis.call('ZSCORE', due, members[#members]) or ''}
