-- settle: journals the outcome, writes the final answer, frees or marks the order, ends the due time, starts the retention clock
-- KEYS: payment packed due attention tomb order alias back outcomes notice outbox archive
-- ARGV: id member token orderName fingerprint outcome answer history transactionId platformId pays sets retentionMillis keepMillis remembers event first journalMillis noticeMillis why decides packs print unit sought buried named packedId
-- returns: SETTLED former now terms | ALREADY | CONTRADICTED | STALE | OTHER_REQUEST | GONE | UNREADABLE | OTHER_ORDER
local payment, packed, due, attention, tomb, order, alias, back, outcomes, notice, outbox, archive = unpack(KEYS)
local id, member, token, orderName, fingerprint, outcome, answer, history, transactionId, platformId, pays, sets, retentionMillis, keepMillis, remembers, event, first, journalMillis, noticeMillis, why, decides, packs, print, unit, sought, buried, named, packedId = unpack(ARGV)
local had, at, stood = fetch(payment, packed, 'st', 'f', 'out', 'is', 'was', 'log', 'bad', 'for', 'pf', 'oa', 'am', 'ap', 'nu', 'late', 'h', 'it', 'n', 'ab', 'fp', 'shut', 'od'), now(), redis.call('MGET', archive, alias, order)
shelve(archive, stood[1], at, sought, buried); local second, state, _, began, wait, operation, request, ordered = had[10] and chargedToo(had[10], outcome, decides, transactionId), had[3] == 'RELEASED' and had[3] or had[1], terms(had[4])
local said, of = {outcomes, journalMillis, notice, outbox, noticeMillis, at, member, transactionId, platformId, why, answer}, {ordered and had[4], had[11], not second and had[10], had[9] or ordered and first, had[12], ordered and had[13]}
if not state or not ordered and (state == 'SETTLED' or state == 'RELEASED') then -- the record is lost, or of what has ended and cannot be read; what is known to be paid must not be paid again all the same
  local news = outcome == 'PAID' and had[3] ~= 'PAID' and unbury(tomb, attention, back, id, platformId, member, at, keepMillis, said, of, history)
  if pays == '1' then payLate(order, back, attention, member, id, sets, keepMillis) end
  if not state then return {'GONE'} else unreadable(payment, packed, attention, member, at, had[4], news) end
end
if not ordered then return {'UNREADABLE'} elseif request ~= fingerprint and outcome == 'PAID' then payLost(payment, packed, order, back, attention, member, id, state, had[6], ordered == orderName, pays, sets, keepMillis, said, history) end
if request ~= fingerprint then return {'OTHER_REQUEST'} elseif ordered ~= orderName then return {'OTHER_ORDER'} end
if state == 'SETTLED' and outcome == 'PAID' and had[3] ~= 'PAID' and not isNoted(had[14], platformId) then -- the answer given stays; an operator must see that the platform reports otherwise, however late
  report(said, 'contradicted', of, outcome, had[3], had[15])
  thaw(payment, packed); redis.call('HSET', payment, 'log', noted(had[6], at, event), 'late', (had[14] or ' ') .. platformId .. ' ')
  redis.call('PERSIST', payment); redis.call('ZADD', attention, at, member)
  if pays == '1' then payLate(order, back, attention, member, id, sets, keepMillis) end
  return {'CONTRADICTED'}
end
if state == 'SETTLED' then return {'ALREADY'} end
-- PAID is accepted without a lease and is never overwritten. Everything else needs the lease.
if outcome ~= 'PAID' and state == 'RELEASED' then return {'ALREADY'} end
if outcome ~= 'PAID' and not holds(had[2], token) then return {'STALE'} end
if not holds(had[2], token) then history = had[15] end -- sends may have left since it was read
report(said, 'settled', of, outcome, had[3], history)
if second then journal(outcomes, journalMillis, at, 'contradicted', member, {had[4], had[11], had[10], had[9] or first, had[12]}, outcome, outcome, history, second, '', why) end
local whole = packs == '1' and state ~= 'RELEASED' and not had[10] and had[18] ~= 'lost' and pack(print, first, outcome, history, answer, at, event, had, began, wait, operation, request, ordered)
conclude(payment, packed, whole, retentionMillis, outcome, answer, history, had[6], at, event, had[10])
redis.call('ZREM', due, member); retain(payment, whole, attention, member, at, (second or had[18] == 'lost') and 'RELEASED' or state, had[7], retentionMillis)
local payer, again, alone = id; if had[8] then payer, again = unvoid(back, id, had[8], outcome == 'PAID', keepMillis) end
if pays == '1' or again then alone = pay(order, stood[3], back, attention, member, id, payer, had[5], sets, keepMillis, unit ~= '' and string.byte(sought, 4) == 0)
elseif orderName ~= '' then free(order, stood[3], id, had[5], keepMillis, had[10]); followed(back, orderName, outcome, at, keepMillis) end
local left = file(archive, unit, at, keepMillis, buried, print, remembers == '1' and outcome, alone and sought, stood[2] and '' or named, packedId, had[9] ~= first and had[9])
remember(left, alone, order, tomb, alias, id, keepMillis, request, platformId, had[9], first, transactionId, named)
return {'SETTLED', second and 'TWICE' or state, at, had[4]}
