-- limited: the merchants that have a rate now, and how long ago the platform last reported to any pod, by account
-- KEYS: merchants reports
-- ARGV: news keepMillis
-- returns: LIMITED merchants reports
local merchants, reports = unpack(KEYS)
local news, keepMillis = unpack(ARGV)
local at = now()
-- A part at a time: an outage may have given thousands a rate in one moment.
local over = redis.call('ZRANGEBYSCORE', merchants, '-inf', at, 'WITHSCORES', 'LIMIT', 0, 100)
if #over > 0 then redis.call('ZREMRANGEBYSCORE', merchants, '-inf', over[#over]) end
for ago, account in string.gmatch(news, '(%d+) ([^\n]*)\n') do
  -- An older report makes none older; after a step back of the clock the latest is from now on.
  local last = math.min(at, tonumber(redis.call('HGET', reports, account) or 0))
  redis.call('HSET', reports, account, math.max(last, at - ago))
  redis.call('PEXPIRE', reports, keepMillis)
end
local heard = redis.call('HGETALL', reports)
for i = 2, #heard, 2 do
  if tonumber(heard[i]) > at then redis.call('HSET', reports, heard[i - 1], at) end
  heard[i] = math.max(0, at - heard[i])
end
-- Of more than these, those that have sent or been slowed last: one account's thousands hide no other that works.
return {'LIMITED', redis.call('ZRANGE', merchants, '+inf', '(' .. at, 'BYSCORE', 'REV', 'LIMIT', 0, 1000), heard}
