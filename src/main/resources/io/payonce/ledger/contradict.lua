-- contradict: notes that money moved for a payment of which something else was told; its order is paid, a person must see it
-- KEYS: payment attention order back
-- ARGV: id member orderName pays sets keepMillis otherAmount event
-- says: NOTED | PAID | UNSETTLED | OTHER_ORDER
local payment, attention, order, back = unpack(KEYS)
local id, member, orderName, pays, sets, keepMillis, otherAmount, event = unpack(ARGV)
local had, at = redis.call('HMGET', payment, 'st', 'out', 'is', 'log'), now()
if had[1] then
  if select(6, terms(had[3])) ~= orderName then return {'OTHER_ORDER'} end
  if not ended(had[1]) then return {'UNSETTLED'} end
  if had[2] == 'PAID' then return {'PAID'} end
  redis.call('HSET', payment, 'oa', otherAmount, 'log', noted(had[4], at, event))
  redis.call('PERSIST', payment)
end
redis.call('ZADD', attention, 'NX', at, member)
if pays == '1' then payLate(order, back, attention, member, id, sets, keepMillis) end
return {'NOTED'}
