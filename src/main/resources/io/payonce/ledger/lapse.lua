-- lapse: raises the count of a shard that shows less than was seen, and notes when; tells what is noted
-- KEYS: lapse epoch
-- ARGV: seen keepMillis
-- says: LAPSED at epoch
local lapse, epoch = unpack(KEYS)
local seen, keepMillis = unpack(ARGV)
if tonumber(redis.call('GET', epoch) or 0) < tonumber(seen) then
  redis.call('SET', epoch, string.format('%.0f', (math.floor(seen / 1099511627776) + 1) * 1099511627776))
  redis.call('SET', lapse, now(), 'PX', keepMillis)
end
return {'LAPSED', redis.call('GET', lapse) or 0, redis.call('GET', epoch) or 0}
