-- slow: brings a merchant's rate down after an S04
-- KEYS: rate merchants
-- ARGV: merchant pod takenPerSecond cut growth leastGrowth least warnings episodeMillis keepMillis
-- returns: WARNED | SLOWED milliPerSecond | KNOWN
local rate, merchants = unpack(KEYS)
local merchant, pod, takenPerSecond, cut, growth, leastGrowth, least, warnings, episodeMillis, keepMillis = unpack(ARGV)
local at = now()
local had = redis.call('HMGET', rate, 'r', 'g', 'at', 'tat', 's', 'c', 'p', 'first', 'pod:' .. pod)
if not had[1] then
  local warned = redis.call('HINCRBY', rate, 'warned', 1)
  if warned == 1 then redis.call('PEXPIRE', rate, episodeMillis) end
  if warned < tonumber(warnings) then return {'WARNED'} end
end
local same = had[1] and math.abs(at - had[3]) < tonumber(episodeMillis)
if same and (had[8] == '0' or had[9]) then return {'KNOWN'} end
local taken = tonumber(takenPerSecond)
local new
if not had[1] then
  new = cut * taken
elseif same then
  new = had[1] + cut * taken -- at first each pod adds what it had sent without a limit
else
  -- what passed lately, but not less than half: others may have sent more before they knew
  local was = grown(had, at)
  new = cut * math.max(was / 2, math.min(was, math.max(tonumber(had[6]), tonumber(had[7]))))
end
new = math.max(tonumber(least), new)
redis.call('HSET', rate, 'r', new, 'g', math.max(tonumber(leastGrowth), growth * new), 'at', same and had[3] or at,
  'first', (same or not had[1]) and 1 or 0, 'pod:' .. pod, 1,
  'tat', had[4] or at, 's', had[5] or 0, 'c', had[6] or 0, 'p', had[7] or 0)
remembered(rate, merchants, merchant, at, keepMillis)
return {'SLOWED', math.floor(new * 1000)}
