-- lapse: raises the count of a shard that showed less than was seen, and notes when; tells what is noted
-- KEYS: lapse epoch
-- ARGV: seen keepMillis latest
-- returns: LAPSED at epoch
local lapse, epoch = unpack(KEYS)
local seen, keepMillis, latest = unpack(ARGV)
-- Moves that came in since may have brought the count beyond what was seen: only a raise shows that it is known.
local known = math.floor((redis.call('GET', epoch) or 0) / 1099511627776) > math.floor(seen / 1099511627776)
if not known and tonumber(seen) > 0 then
  redis.call('SET', epoch, string.format('%.0f', (math.floor(seen / 1099511627776) + 1) * 1099511627776))
  -- Where the clock has gone back, too, what began before has later times. What is a day ahead was no clock.
  local at = now()
  redis.call('SET', lapse, math.max(at, math.min(latest, at + 86400000)), 'PX', keepMillis)
end
return {'LAPSED', redis.call('GET', lapse) or 0, redis.call('GET', epoch) or 0}
