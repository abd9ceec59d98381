-- release: ends a payment that was refused for the moment; the same id may begin again
-- KEYS: payment due attention order
-- ARGV: id member fence orderName answer history readableMillis keepMillis event
-- says: RELEASED | ALREADY | STALE | GONE | OTHER_ORDER
local payment, due, attention, order = unpack(KEYS)
local id, member, fence, orderName, answer, history, readableMillis, keepMillis, event = unpack(ARGV)
local had = redis.call('HMGET', payment, 'st', 'f', 'is', 'was', 'log', 'bad')
local state = had[1]
if not state then return {'GONE'} end
if select(6, terms(had[3])) ~= orderName then return {'OTHER_ORDER'} end
if ended(state) then return {'ALREADY'} end
if not holds(had[2], fence) then return {'STALE'} end
redis.call('HSET', payment, 'st', 'RELEASED', 'out', 'RELEASED', 'ans', answer, 'h', history,
  'body', '', 'log', noted(had[5], now(), event))
redis.call('PEXPIRE', payment, readableMillis)
redis.call('ZREM', due, member)
if state == 'ATTENTION' or had[6] then redis.call('ZREM', attention, member) end
if orderName ~= '' then free(order, id, had[4], keepMillis) end
return {'RELEASED'}
