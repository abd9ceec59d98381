-- settle: writes the final answer, frees or marks the order, ends the due time, starts the retention clock
-- KEYS: payment due attention tomb order alias back
-- ARGV: id member fence orderName fingerprint outcome answer history transactionId platformId pays sets retentionMillis keepMillis remembers event first
-- returns: SETTLED former | ALREADY | CONTRADICTED | STALE | GONE | OTHER_ORDER
local payment, due, attention, tomb, order, alias, back = unpack(KEYS)
local id, member, fence, orderName, fingerprint, outcome, answer, history, transactionId, platformId, pays, sets, retentionMillis, keepMillis, remembers, event, first = unpack(ARGV)
local had, at = redis.call('HMGET', payment, 'st', 'f', 'out', 'is', 'was', 'log', 'bad', 'for', 'pf', 'oa'), now()
local state, log, request, ordered = had[3] == 'RELEASED' and had[3] or had[1], noted(had[6], at, event), select(5, terms(had[4]))
if not state then -- the ledger has lost the record; what is known to be paid must not be paid again all the same
  if pays == '1' then payLate(order, back, attention, member, id, sets, keepMillis) end
  if outcome == 'PAID' then unbury(tomb, attention, member, at, keepMillis) end
  return {'GONE'}
end
if ordered ~= orderName then return {'OTHER_ORDER'} end
if request ~= fingerprint then return {'STALE'} end -- lost, and its id begun again with another request
if state == 'SETTLED' and (outcome ~= 'PAID' or had[3] == 'PAID') then return {'ALREADY'} end
if state == 'SETTLED' then
  -- The answer given stays; an operator must see that the platform reports otherwise, however late.
  redis.call('HSET', payment, 'log', log)
  redis.call('PERSIST', payment)
  redis.call('ZADD', attention, at, member)
  if pays == '1' then payLate(order, back, attention, member, id, sets, keepMillis) end
  return {'CONTRADICTED'}
end
-- PAID is accepted without a lease and is never overwritten. Everything else needs the lease.
if outcome ~= 'PAID' and state == 'RELEASED' then return {'ALREADY'} end
if outcome ~= 'PAID' and not holds(had[2], fence) then return {'STALE'} end
if not holds(had[2], fence) then history = redis.call('HGET', payment, 'h') end -- sends may have left since it was read
redis.call('HDEL', payment, 'f', 'b', 'body', 'pa') -- first, so that what is written fits into the room of it
redis.call('HSET', payment, 'st', 'SETTLED', 'out', outcome, 'ans', answer, 'h', history, 'log', log)
if outcome ~= 'PAID' and had[10] then redis.call('HSET', payment, 'od', had[10]) end -- only an operator can say so
redis.call('ZREM', due, member); retain(payment, attention, member, at, state, had[7], retentionMillis)
local payer, again = unvoid(back, id, had[8], outcome == 'PAID', keepMillis)
if pays == '1' or again then pay(order, back, attention, member, id, payer, had[5], sets, keepMillis)
elseif orderName ~= '' then free(order, id, had[5], keepMillis); followed(back, orderName, outcome, at, keepMillis) end
local named = platformId .. (had[9] and had[9] ~= first and ' ' .. had[9] or '') -- what is not the first platform's says so
if remembers == '1' then redis.call('SET', tomb, outcome .. ' ' .. request .. ' ' .. named, 'PX', keepMillis) end
name(alias, transactionId, id, keepMillis)
return {'SETTLED', state}
