-- scout: which of some shards have anything to notify, or that was given up
-- KEYS: outbox undelivered
-- ARGV:
-- returns: SCOUTED some
local some = {}
for i = 1, #KEYS, 2 do
  local outbox, undelivered = unpack(KEYS, i, i + 1)
  if redis.call('EXISTS', outbox, undelivered) > 0 then some[#some + 1] = (i - 1) / 2 end
end
return {'SCOUTED', some}
