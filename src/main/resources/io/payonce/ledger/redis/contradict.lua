-- contradict: notes that money moved for a payment that was answered otherwise, or was paid; its order is paid, it needs review
-- KEYS: payment packed attention order back wreck outcomes archive
-- ARGV: id member orderName pays sets keepMillis otherAmount event journalMillis why again first sought
-- returns: NOTED | DECIDED | PAID | UNSETTLED | OTHER_ORDER
local payment, packed, attention, order, back, wreck, outcomes, archive = unpack(KEYS)
local id, member, orderName, pays, sets, keepMillis, otherAmount, event, journalMillis, why, again, first, sought = unpack(ARGV)
-- What was charged once more under another id is another transaction, and named so.
local transactionId = string.match(again == '1' and otherAmount or '', ' as (%S+)$')
local had, at = fetch(payment, packed, 'st', 'out', 'is', 'log', 'od', 'oa', 'am', 'pf', 'ap', 'h'), now()
local function tell(seen)
  if seen ~= otherAmount then
    journal(outcomes, journalMillis, at, 'contradicted', member, {had[3], had[7], otherAmount, had[8] or had[1] and first, had[9]}, 'PAID', had[2], had[10], transactionId or '', '', why)
  end
end
if had[1] then
  if select(6, terms(had[3])) ~= orderName then return {'OTHER_ORDER'} end
  if not ended(had[1]) then return {'UNSETTLED'} end
  if had[2] == 'PAID' and again ~= '1' then return {'PAID'} end
  if had[5] == otherAmount then return {'DECIDED'} end
  tell(had[6])
  thaw(payment, packed)
  -- What was given back stays so by its outcome; the stage is what no program, of any version, begins again.
  redis.call('HSET', payment, 'st', 'SETTLED', 'oa', otherAmount, 'log', noted(had[4], at, event))
  redis.call('PERSIST', payment)
else -- an expired payment has no record, and the operator must see what moved
  local left = redis.call('HMGET', wreck, 'log', 'od', 'oa')
  if left[2] == otherAmount then return {'DECIDED'} end
  tell(left[3])
  redis.call('HSET', wreck, 'oa', otherAmount, 'or', pays == '1' and orderName or '', 'log', noted(left[1], at, event))
  redis.call('PEXPIRE', wreck, keepMillis)
end
redis.call('ZADD', attention, 'NX', at, member)
shelve(archive, redis.call('GET', archive), at, sought)
if pays == '1' then payLate(order, back, attention, member, id, sets, keepMillis) end
return {'NOTED'}
