-- release: ends a payment that was refused for the moment; the same id may begin again
-- KEYS: payment packed due attention order back original outcomes notice outbox
-- ARGV: id member token orderName answer history readableMillis keepMillis event elseAnswer stops transactionId platformId journalMillis noticeMillis why
-- returns: RELEASED originalOpen now terms | ALREADY | STALE | GONE | UNREADABLE | OTHER_ORDER
local payment, packed, due, attention, order, back, original, outcomes, notice, outbox = unpack(KEYS)
local id, member, token, orderName, answer, history, readableMillis, keepMillis, event, elseAnswer, stops, transactionId, platformId, journalMillis, noticeMillis, why = unpack(ARGV)
local had, at = fetch(payment, packed, 'st', 'f', 'is', 'was', 'log', 'bad', 'for', 'b', 'ab'), now()
local state, _, began, waited, _, _, ordered = had[1], terms(had[3])
if not state then return {'GONE'} end
if not ordered then return {'UNREADABLE'} end
if ended(state) then return {'ALREADY'} end
if not holds(had[2], token) then return {'STALE'} end
if ordered ~= orderName then return {'OTHER_ORDER'} end
-- "There is nothing to do it to" is not the whole truth while the original may still come to be.
local open = elseAnswer ~= '' and redis.call('HMGET', original, 'st', 'log')
if open and open[1] and not ended(open[1]) then answer = elseAnswer end
-- Who began it, and still works on it, answers its caller; a caller who was answered to wait, or got no answer, is notified
-- now. Where the clock has gone back, nobody can tell.
local passed = at - began
if not string.find(had[8] or '', ' ' .. token .. ' ', 1, true) or passed >= tonumber(waited) or passed < 0 then
  report({outcomes, journalMillis, notice, outbox, noticeMillis, at, member, transactionId, platformId, why, answer}, 'released', facts(payment, packed, ''), 'RELEASED', false, history)
end
if answer == elseAnswer and stops ~= '' then redis.call('HSET', original, 'ab', 1, 'log', noted(open[2], at, stops)) end
redis.call('HSET', payment, 'st', 'RELEASED', 'out', 'RELEASED', 'ans', answer, 'h', history,
  'body', '', 'log', noted(had[5], at, event))
redis.call('PEXPIRE', payment, readableMillis)
redis.call('ZREM', due, member)
if (state == 'ATTENTION' or had[6]) and had[9] ~= 'lost' then redis.call('ZREM', attention, member) end
unvoid(back, id, had[7], false, keepMillis)
if orderName ~= '' then free(order, redis.call('GET', order), id, had[4], keepMillis) end
return {'RELEASED', answer == elseAnswer and 1 or 0, at, had[3]}
