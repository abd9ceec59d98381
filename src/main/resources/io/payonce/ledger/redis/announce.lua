-- announce: announces for some time what a pod can read and honour; returns what the others can
-- KEYS: pods
-- ARGV: pod words lastsMillis
-- returns: ANNOUNCED wordsOfEachPod
local pods = unpack(KEYS)
local pod, words, lastsMillis = unpack(ARGV)
local at = now()
redis.call('HSET', pods, pod, (at + lastsMillis) .. ' ' .. words)
local said, all = redis.call('HGETALL', pods), {}
for i = 1, #said, 2 do
  local till, can = string.match(said[i + 1], '^(%d+) (.*)$')
  if till and tonumber(till) > at then all[#all + 1] = can else redis.call('HDEL', pods, said[i]) end
end
return {'ANNOUNCED', all}
