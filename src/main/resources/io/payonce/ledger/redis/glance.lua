-- glance: which of some shards have anything due, and which have lost their canary; how far those have counted that are beyond what was seen
-- KEYS: due epoch
-- ARGV: seen
-- returns: GLANCED now canariesSince overdue bare counted
local at, since, overdue, bare, counted = now(), 0, {}, {}, {}
for i, seen in ipairs(ARGV) do
  local due, epoch = unpack(KEYS, 2 * i - 1, 2 * i)
  local first = redis.call('ZRANGE', due, 0, 1, 'WITHSCORES') -- the canary stands before all payments
  local stands = string.sub(first[1] or '', 1, 7) == '~canary' and tonumber(first[2]) < 0
  if stands then since = math.max(since, -first[2]) else bare[#bare + 1] = i - 1 end
  local earliest = tonumber(first[stands and 4 or 2])
  if earliest and earliest <= at then overdue[#overdue + 1] = i - 1 end
  local count = redis.call('GET', epoch) or '0'
  if count ~= seen then counted[#counted + 1] = i - 1; counted[#counted + 1] = count end
end
return {'GLANCED', at, since, overdue, bare, counted}
