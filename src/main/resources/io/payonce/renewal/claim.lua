-- claim: the turn to renew the credential, for one at a time; fences never repeat, even when Redis
-- forgets, because they are not below its clock
-- KEYS: credential
-- ARGV: known leaseMillis keepMillis of longestRestMillis
-- returns: NEWER version left sealed | TAKEN left | RESTING left | OURS fence failures
local credential = KEYS[1]
local known, leaseMillis, keepMillis, of, longestRestMillis = unpack(ARGV)
local had = redis.call('HMGET', credential, 'version', 'sealed', 'until', 'lease', 'rest', 'failures', 'fence', 'of')
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local lent = had[1] and (not had[8] or had[8] == of) -- what another platform lent is nothing here
if lent and tonumber(had[1]) > tonumber(known) and (had[3] == '' or tonumber(had[3]) > now) then
  local left = -1
  if had[3] ~= '' then left = had[3] - now end
  return {'NEWER', tonumber(had[1]), left, had[2]}
end
local taken = tonumber(had[4] or '0') - now
-- What is longer than any is of a clock that was ahead.
if taken > 0 and taken <= tonumber(leaseMillis) then return {'TAKEN', taken} end
local resting = tonumber(had[5] or '0') - now
if resting > 0 and resting <= tonumber(longestRestMillis) then return {'RESTING', resting} end
local fence = math.max(now, tonumber(had[7] or '0') + 1)
redis.call('HSET', credential, 'fence', string.format('%.0f', fence),
  'lease', string.format('%.0f', now + leaseMillis))
redis.call('PEXPIRE', credential, keepMillis)
return {'OURS', fence, tonumber(had[6] or '0')}
