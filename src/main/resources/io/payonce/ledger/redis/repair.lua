-- repair: repairs due time, order and expiry of a payment, if all still is as it was when this was decided
-- KEYS: payment packed due attention order stray archive
-- ARGV: member stageSeen fenceSeen dueSeen orderSeen look ask stay mark markMillis strayOrder event sought
-- returns: REPAIRED | MOVED
local payment, packed, due, attention, order, stray, archive = unpack(KEYS)
local member, stageSeen, fenceSeen, dueSeen, orderSeen, look, ask, stay, mark, markMillis, strayOrder, event, sought = unpack(ARGV)
shelve(archive, redis.call('GET', archive), now(), sought)
local kind = redis.call('TYPE', payment).ok
local had = (kind == 'hash' or kind == 'none') and fetch(payment, packed, 'st', 'f', 'log') or {}
if (had[1] or '') ~= stageSeen or (had[2] or '') ~= fenceSeen
  or (redis.call('ZSCORE', due, member) or '') ~= dueSeen
  or (marked(redis.call('GET', order)) or '') ~= orderSeen then return {'MOVED'} end
local at, done = now(), 0
if look == '1' then done = 1 + redis.call('ZADD', due, at, member) end
if ask == '1' then done = done + redis.call('ZADD', attention, 'NX', at, member) end
if strayOrder ~= '' then redis.call('HSET', stray, member, strayOrder) end
if stay == '1' then done = done + redis.call('PERSIST', payment) + redis.call('PERSIST', order) end
if mark ~= '' then unmark() end
if mark == 'free' then done = 1 + redis.call('DEL', order)
elseif mark ~= '' then
  redis.call('SET', order, mark)
  if tonumber(markMillis) > 0 then redis.call('PEXPIRE', order, markMillis) end
  done = 1
end
if done == 0 then return {'MOVED'} end
if had[1] then
  thaw(payment, packed)
  redis.call('HSET', payment, 'log', noted(had[3], at, event))
end
return {'REPAIRED'}
