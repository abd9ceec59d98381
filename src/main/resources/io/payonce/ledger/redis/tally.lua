-- tally: writes down how many records of a node need which key, as a walk has counted them
-- KEYS: seals
-- ARGV: node nodes begunAt counts keepMillis
-- returns: TALLIED
local seals = unpack(KEYS)
local node, nodes, begunAt, counts, keepMillis = unpack(ARGV)
local at, name = now(), redis.call('HGET', seals, 'name')
for _, field in ipairs(redis.call('HKEYS', seals)) do
  local of = string.match(field, '^need:.*:(%d+)$') or string.match(field, '^walked:(%d+)$')
  local key = string.match(field, '^at:(.+)$')
  -- No tombstone is left, either, of what it sealed.
  if key and key ~= name and redis.call('HGET', seals, field) + keepMillis < at then redis.call('HDEL', seals, field) end
  if of and (of == node or not string.find(nodes, ' ' .. of .. ' ', 1, true)) then redis.call('HDEL', seals, field) end
end
redis.call('HSET', seals, 'nodes', nodes, 'walked:' .. node, begunAt)
for key, count in string.gmatch(counts, '(%S+)=(%d+)') do redis.call('HSET', seals, 'need:' .. key .. ':' .. node, count) end
return {'TALLIED'}
