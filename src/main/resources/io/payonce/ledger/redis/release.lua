-- release: ends a payment that was refused for the moment; the same id may begin again
-- KEYS: payment due attention order back original
-- ARGV: id member fence orderName answer history readableMillis keepMillis event elseAnswer stops
-- returns: RELEASED originalOpen | ALREADY | STALE | GONE | OTHER_ORDER
local payment, due, attention, order, back, original = unpack(KEYS)
local id, member, fence, orderName, answer, history, readableMillis, keepMillis, event, elseAnswer, stops = unpack(ARGV)
local had = redis.call('HMGET', payment, 'st', 'f', 'is', 'was', 'log', 'bad', 'for')
local state = had[1]
if not state then return {'GONE'} end
if select(6, terms(had[3])) ~= orderName then return {'OTHER_ORDER'} end
if ended(state) then return {'ALREADY'} end
if not holds(had[2], fence) then return {'STALE'} end
-- "There is nothing to do it to" is not the whole truth while the original may still come to be.
local open = elseAnswer ~= '' and redis.call('HMGET', original, 'st', 'log')
if open and open[1] and not ended(open[1]) then
  answer = elseAnswer
  if stops ~= '' then redis.call('HSET', original, 'ab', 1, 'log', noted(open[2], now(), stops)) end
end
redis.call('HSET', payment, 'st', 'RELEASED', 'out', 'RELEASED', 'ans', answer, 'h', history,
  'body', '', 'log', noted(had[5], now(), event))
redis.call('PEXPIRE', payment, readableMillis)
redis.call('ZREM', due, member)
if state == 'ATTENTION' or had[6] then redis.call('ZREM', attention, member) end
unvoid(back, id, had[7], false, keepMillis)
if orderName ~= '' then free(order, id, had[4], keepMillis) end
return {'RELEASED', answer == elseAnswer and 1 or 0}
