-- contradict: notes that money moved for a payment that was answered otherwise, or was paid; its order is paid, it needs review
-- KEYS: payment packed attention order back wreck outcomes archive tomb
-- ARGV: id member orderName pays sets keepMillis otherAmount event journalMillis why again first sought buried
-- returns: NOTED | KNOWN | DECIDED | PAID | UNSETTLED | UNREADABLE | OTHER_ORDER
local payment, packed, attention, order, back, wreck, outcomes, archive, tomb = unpack(KEYS)
local id, member, orderName, pays, sets, keepMillis, otherAmount, event, journalMillis, why, again, first, sought, buried = unpack(ARGV)
-- What was charged once more under another id is another transaction, and named so.
local transactionId = string.match(again == '1' and otherAmount or '', ' as (%S+)$')
local had, at = fetch(payment, packed, 'st', 'out', 'is', 'log', 'od', 'oa', 'am', 'pf', 'ap', 'h'), now()
shelve(archive, redis.call('GET', archive), at, sought, buried)
local ordered, told, known = select(6, terms(had[3])), had[2]
local function enter(seen)
  known = seen == otherAmount -- said once more
  if not known then journal(outcomes, journalMillis, at, 'contradicted', member, {ordered and had[3], had[7], otherAmount, had[8] or ordered and first, had[9]}, 'PAID', told, had[10], transactionId or '', '', why) end
end
if had[1] then
  if ordered and ordered ~= orderName then return {'OTHER_ORDER'} end
  if not ended(had[1]) then if ordered then return {'UNSETTLED'} else return {'UNREADABLE'} end end
  told = told or not ordered and string.match(entombed(redis.call('GET', tomb)) or '', '^%u+')
  if not ordered then unreadable(payment, packed, attention, member, at, had[3], told ~= 'PAID' or again == '1') end
  if told == 'PAID' and again ~= '1' then return {'PAID'} end
end
if ordered then
  if had[5] == otherAmount then return {'DECIDED'} end
  enter(had[6])
  thaw(payment, packed)
  -- What was given back stays so by its outcome; the stage is what no program, of any version, begins again.
  redis.call('HSET', payment, 'st', 'SETTLED', 'oa', otherAmount, 'log', known and had[4] or noted(had[4], at, event))
  redis.call('PERSIST', payment)
else -- an expired payment has no record, what cannot be read stays as it is, and the operator must see what moved
  local left = redis.call('HMGET', wreck, 'log', 'od', 'oa')
  if left[2] == otherAmount then return {'DECIDED'} end
  enter(left[3])
  redis.call('HSET', wreck, 'oa', otherAmount, 'or', pays == '1' and orderName or '', 'log', known and left[1] or noted(left[1], at, event))
  redis.call('PEXPIRE', wreck, keepMillis)
end
redis.call('ZADD', attention, 'NX', at, member)
if pays == '1' then payLate(order, back, attention, member, id, sets, keepMillis) end
if known then return {'KNOWN'} else return {'NOTED'} end
