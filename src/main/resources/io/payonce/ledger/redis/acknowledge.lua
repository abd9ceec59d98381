-- acknowledge: an operator has seen why an ended or expired payment needs review, or has decided that it did not pay
-- KEYS: payment packed attention order wreck tomb outcomes notice outbox archive
-- ARGV: id member retentionMillis keepMillis disowns event journalMillis noticeMillis why first sought buried
-- returns: ACKNOWLEDGED | UNLISTED | UNSETTLED
local payment, packed, attention, order, wreck, tomb, outcomes, notice, outbox, archive = unpack(KEYS)
local id, member, retentionMillis, keepMillis, disowns, event, journalMillis, noticeMillis, why, first, sought, buried = unpack(ARGV)
local had, at = fetch(payment, packed, 'st', 'log', 'out', 'oa', 'late', 'ans', 'h', 'is'), now()
-- How a record of a newer program ended, only that one can tell.
if had[1] and (not ended(had[1]) or newer(had[8])) then return {'UNSETTLED'} end
if not redis.call('ZSCORE', attention, member) then return {'UNLISTED'} end
shelve(archive, redis.call('GET', archive), at, sought, buried)
local of, told = facts(payment, packed, first), had[3] or string.match(entombed(redis.call('GET', tomb)) or '', '^%u+')
journal(outcomes, journalMillis, at, 'decided', member, of, told or disowns == '1' and 'UNPAID' or 'PAID', told, had[7], '', '', why)
-- Who was notified that it is paid after all is notified that it is not.
if disowns == '1' and had[5] then
  notify(notice, outbox, noticeMillis, at, 'decided', member, of, had[3], had[6])
  redis.call('HDEL', payment, 'late') -- said once more, that it is paid is news again
end
redis.call('ZREM', attention, member)
if had[1] then
  thaw(payment, packed)
  if had[4] then redis.call('HSET', payment, 'od', had[4]) end -- seen again, this sum is no news
  if had[3] == 'RELEASED' then -- the same id may begin again
    redis.call('HDEL', payment, 'oa')
    redis.call('HSET', payment, 'st', 'RELEASED')
  end
  redis.call('HSET', payment, 'log', noted(had[2], at, event))
  -- A contradicted payment was kept until an operator had seen it.
  if redis.call('PTTL', payment) < 0 then redis.call('PEXPIRE', payment, retentionMillis) end
else
  local left = redis.call('HMGET', wreck, 'oa', 'log')
  if left[1] then redis.call('HSET', wreck, 'od', left[1], 'log', noted(left[2], at, event)) end
end
if disowns == '1' then
  local kind, holder, payers = standing(marked(redis.call('GET', order)))
  local others = without(payers, id)
  if others ~= payers then stand(order, kind == 'held' and holder or nil, others, keepMillis) end
end
return {'ACKNOWLEDGED'}
