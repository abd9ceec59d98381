-- newest: the credential, when it is later than the one that is known
-- KEYS: credential
-- ARGV: known of
-- returns: NEWER version left sealed | SAME
local had = redis.call('HMGET', KEYS[1], 'version', 'sealed', 'until', 'of')
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if not had[1] or tonumber(had[1]) <= tonumber(ARGV[1]) or had[4] and had[4] ~= ARGV[2] then return {'SAME'} end
local left = -1
if had[3] ~= '' then left = math.max(0, had[3] - now) end
return {'NEWER', tonumber(had[1]), left, had[2]}
