-- acknowledge: an operator has seen why an ended or expired payment needs review, or has decided that it did not pay
-- KEYS: payment attention order wreck
-- ARGV: id member retentionMillis keepMillis disowns event
-- returns: ACKNOWLEDGED | UNLISTED | UNSETTLED
local payment, attention, order, wreck = unpack(KEYS)
local id, member, retentionMillis, keepMillis, disowns, event = unpack(ARGV)
local had = redis.call('HMGET', payment, 'st', 'log', 'out', 'oa')
if had[1] and not ended(had[1]) then return {'UNSETTLED'} end
if redis.call('ZREM', attention, member) == 0 then return {'UNLISTED'} end
if had[1] then
  if had[4] then redis.call('HSET', payment, 'od', had[4]) end -- seen again, this sum is no news
  if had[3] == 'RELEASED' then -- the same id may begin again
    redis.call('HDEL', payment, 'oa')
    redis.call('HSET', payment, 'st', 'RELEASED')
  end
  redis.call('HSET', payment, 'log', noted(had[2], now(), event))
  -- A contradicted payment was kept until an operator had seen it.
  if redis.call('PTTL', payment) < 0 then redis.call('PEXPIRE', payment, retentionMillis) end
else
  local left = redis.call('HMGET', wreck, 'oa', 'log')
  if left[1] then redis.call('HSET', wreck, 'od', left[1], 'log', noted(left[2], now(), event)) end
end
if disowns == '1' then
  local kind, holder, payers = standing(redis.call('GET', order))
  local others = without(payers, id)
  if others ~= payers then stand(order, kind == 'held' and holder or nil, others, keepMillis) end
end
return {'ACKNOWLEDGED'}
