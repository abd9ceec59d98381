-- pass: gives a send of a merchant its turn under that merchant's rate
-- KEYS: rate merchants
-- ARGV: merchant mostMillis slackMillis keepMillis leastPerSecond
-- returns: PASS waitMillis | LATER waitMillis | FREE
local rate, merchants = unpack(KEYS)
local merchant, mostMillis, slackMillis, keepMillis, leastPerSecond = unpack(ARGV)
local had = redis.call('HMGET', rate, 'r', 'g', 'at', 'tat', 's', 'c', 'p')
if not had[1] then return {'FREE'} end
local at = now()
local turn = math.max(at - slackMillis, tonumber(had[4]))
-- No turn that was given out is further off: the clock was ahead then.
if turn - at > mostMillis + 1000 / leastPerSecond then turn = at end
local wait = math.max(0, turn - at)
if wait > 0 then remembered(rate, merchants, merchant, at, keepMillis) end
if wait > tonumber(mostMillis) then return {'LATER', math.ceil(wait)} end
local second, count, former = math.floor(at / 1000), tonumber(had[6]), tonumber(had[7])
if second ~= tonumber(had[5]) then
  former = second == had[5] + 1 and count or 0
  count = 0
end
redis.call('HSET', rate, 'tat', turn + 1000 / grown(had, at), 's', second, 'c', count + 1, 'p', former)
return {'PASS', math.ceil(wait)}
