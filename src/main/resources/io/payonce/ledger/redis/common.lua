-- What every script starts with: Redis' clock, reading a record, its timeline, freeing an order.
local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- A whole number as a text. Lua can do that by itself, by way of fractions.
local function digits(number)
  return string.format('%d', number)
end

-- Whether a name comes after another as Redis has them: by their bytes, and not as the machine's language sorts.
local function isAfter(name, other)
  for i = 1, math.min(#name, #other) do
    local one, two = string.byte(name, i, i), string.byte(other, i, i)
    if one ~= two then return one > two end
  end
  return #name > #other
end

-- How many of a list stand before what comes after a given one, whether or not that one still stands there. However
-- many have one score, it takes a few looks.
local function rank(list, score, member)
  local low, high = redis.call('ZCOUNT', list, '-inf', '(' .. score), redis.call('ZCOUNT', list, '-inf', score)
  while low < high do
    local middle = math.floor((low + high) / 2)
    if isAfter(redis.call('ZRANGE', list, middle, middle)[1], member) then high = middle else low = middle + 1 end
  end
  return low
end

-- Everything but the caller's bytes; RecordReader.java reads it in this order. 'pa' is how far the platform's clock was
-- ahead of this one at the last intent.
local function read(payment, packed)
  return fetch(payment, packed,
    'st', 'out', 'h', 'ab', 'it', 'n', 'ans', 'log', 'is', 'shut', 'am', 'oa', 'pf', 'pa', 'nu', 'ap')
end

-- What few records have.
local function add(more, field, value)
  if value ~= '' then more[#more + 1], more[#more + 2] = field, value end
end

-- Whether a record is of one of these requests: by the fingerprint it has, or by the one it has besides.
local function same(prints, request, besides) -- seldom
  -- Of a tombstone: all that is known is how it begins, or that is nothing at all.
  if request and string.sub(request, -1) == '*' then return string.find(prints, ' ' .. string.sub(request, 1, -2), 1, true) end
  return request and string.find(prints, ' ' .. request .. ' ', 1, true)
    or besides and string.find(prints, ' ' .. besides .. ' ', 1, true)
end

local function ended(stage) -- seldom
  return stage == 'SETTLED' or stage == 'RELEASED'
end

-- How long a payment waits that can only be asked about, while its platform is not asked; nil when it is, or when an
-- operator has to be asked first.
local function waits(putOff, of, state, operation, asked, at, began, deadlineMillis)
  local _, named = string.find(putOff, ' ' .. of .. ' ', 1, true)
  local young = (state == 'IN_DOUBT' or state == 'OPEN') and began and at < began + deadlineMillis
  local asks = (young or state == 'ATTENTION') and string.find(asked, ' ' .. (operation or '') .. ' ', 1, true)
  return named and asks and string.match(putOff, '^%d+', named + 1)
end

-- What the journal says of a payment besides how it ended, in one more reading where a script has not read it anyway.
local function facts(payment, packed, first)
  local of = fetch(payment, packed, 'is', 'am', 'oa', 'pf', 'ap', 'nu')
  of[4] = of[4] or of[1] and first
  return of
end

-- One entry of the journal of outcomes. It stands before all else that a script writes: what Redis refuses then leaves
-- nothing half done. Its expiry goes first, for a script that has written is not refused for want of memory, and what
-- ends makes room. All fields are in each entry: those of one node of the stream share their names. Of a second charge
-- the record has the sum and its transaction's id in one field; readers take only the sum for an amount.
local function journal(outcomes, millis, at, kind, member, of, outcome, told, history, transactionId, platformId, why)
  if millis == '' then return end
  local moved = of[3]
  if moved then moved = string.match(moved, '^(.*) as %S+$') or moved end
  local lasts = redis.call('PEXPIRE', outcomes, millis)
  redis.call('XADD', outcomes, 'MINID', '~', digits(math.max(0, at - millis)), '*', 'v', '1', 'k', kind, 'p', member,
    'is', of[1] or '', 'am', of[2] or '', 'oa', moved or '', 'pf', of[4] or '', 'ap', of[5] or '', 'out', outcome,
    'told', told or '', 'h', history or '', 't', transactionId, 'i', platformId, 'why', why)
  if lasts == 0 then redis.call('PEXPIRE', outcomes, millis) end
end

-- What the caller is notified of, after all that came before; who has the payment at hand leaves its time alone.
local function notify(notice, outbox, millis, at, kind, member, of, outcome, answer, transactionId)
  local url = of[6]
  if url == '-' or not url and redis.call('EXISTS', notice) == 0 then return end
  local lasts = redis.call('PEXPIRE', notice, millis) -- first, as in the journal, for where that is off
  local number = redis.call('HINCRBY', notice, 'n', 1)
  redis.call('HSET', notice, number, table.concat({kind, outcome, at, answer}, ' '))
  if url then redis.call('HSET', notice, 'url', url, 'is', of[1], 'am', of[2] or '') end
  -- An account of the platform's has a secret of its own, and this lives longer than the record.
  if string.find(of[4] or '', '/', 1, true) then redis.call('HSET', notice, 'pf', of[4]) end
  if (transactionId or '') ~= '' then redis.call('HSET', notice, 'txn', transactionId) end -- a page's answer does not name it
  if lasts == 0 then redis.call('PEXPIRE', notice, millis) end
  redis.call('ZADD', outbox, 'NX', at, member)
end

-- Both: the journal first. Of what is lost only a notice can know that its caller learns from us.
local function report(said, kind, of, outcome, told, history)
  local outcomes, journalMillis, notice, outbox, noticeMillis, at, member, transactionId, platformId, why, answer = unpack(said)
  journal(outcomes, journalMillis, at, kind, member, of, outcome, told, history, transactionId, platformId, why)
  if of[6] or not of[1] then notify(notice, outbox, noticeMillis, at, kind, member, of, outcome, answer, transactionId) end
end

-- Of which other transaction a sum is that moved besides; nil where it is not another's.
local function ofAnother(otherAmount)
  return string.match(otherAmount or '', '^.* as (%S+)$')
end

-- The same of what is paid now: that one was charged, too, and no operator has decided about it.
local function chargedToo(otherAmount, outcome, decides, transactionId)
  local second = outcome == 'PAID' and decides ~= '1' and ofAnother(otherAmount)
  return second and second ~= transactionId and second or nil
end

-- A payment that is not leased has the fencing token '-', which matches none.
local function holds(token, shown)
  return token == shown and #shown > 1
end

-- One more name under which the payment may be asked for; another's that stands there already stays.
local function knownBy(alias, given, id, keepMillis, named)
  if given == '' then return end
  local whose, is = shelf and #named > 6 and find(named), 'alias:req:' .. id
  if whose and whose.id ~= id then return end
  if not redis.call('SET', alias, is, 'PX', keepMillis, 'NX') and redis.call('GET', alias) == is then
    redis.call('PEXPIRE', alias, keepMillis)
  end
end

-- A closed hosted page gives its order to another payment if it still is as it was when that was decided; it stays due.
local function hand(page, due, member, history, to, lookAt, at) -- seldom
  local had = redis.call('HMGET', page, 'st', 'h', 'shut', 'f', 'log', 'oa')
  local follows = (had[1] == 'OPEN' or had[1] == 'ATTENTION') and not had[6] -- what has moved money keeps it
  -- That it is to be stopped, which has a mark of its own, is no reason to keep the order.
  if not follows or string.gsub(had[2], 'a', '') ~= string.gsub(history, 'a', '') or not string.match(had[3] or '', '^%d+ $') then return false end
  redis.call('HSET', page, 'shut', had[3] .. to, 'log', noted(had[5], at, 'closed; its order is handed to ' .. to))
  if had[4] == '-' then redis.call('ZADD', due, lookAt, member) end
  return true
end

-- An order is held by one payment, has been paid by some, or both; OrderStanding.java reads it too. Says the kind of
-- the mark, who holds it (or what else goes by its name), and who has paid it, each on a new line.
local function standing(mark)
  local kind, first, others = string.match(mark or '', '^(%l+):([^\n]*)(.*)$')
  if kind == 'held' then return kind, first, others end
  return kind, kind and first .. others, kind == 'paid' and '\n' .. first .. others or ''
end

local function without(payers, id)
  local left = ''
  for payer in string.gmatch(payers, '[^\n]+') do
    if payer ~= id then left = left .. '\n' .. payer end
  end
  return left
end

-- A lock has no end of its own, a mark has.
local function stand(order, holder, payers, keepMillis)
  unmark()
  if holder then redis.call('SET', order, 'held:' .. holder .. payers)
  elseif payers ~= '' then redis.call('SET', order, 'paid:' .. string.sub(payers, 2), 'PX', keepMillis)
  else redis.call('DEL', order) end
end

-- Takes an order for a payment. Programs that know no set find who has paid it in the record of who holds it.
-- What voids a refund would bring back what its payer has paid: until it ends, nothing gives that back.
local function take(payment, order, back, id, payers, payer, voids, sets)
  if sets == '0' and payers ~= '' then redis.call('HSET', payment, 'was', 'paid:' .. string.sub(payers, 2)) end
  stand(order, id, sets == '0' and '' or payers)
  if voids == '' then return end
  redis.call('HSET', payment, 'for', payer .. '\n' .. voids)
  if voids ~= payer then redis.call('HSET', back, 'void:' .. voids, payer) end
end

-- What voids a refund has ended: its payer has paid again, or all is as if it had not begun. Says whose payment
-- an end stands for.
local function unvoid(back, id, fors, done, keepMillis)
  local payer, voided = string.match(fors or '', '^([^\n]+)\n(.+)$')
  if not payer then return id, false end
  redis.call('HDEL', back, done and 'gone:' .. payer or 'void:' .. voided)
  redis.call('PEXPIRE', back, keepMillis)
  return payer, done
end

-- A follow-up of a payment was done: what was learned of that one before says nothing of it.
local function followed(back, lock, outcome, at, keepMillis)
  if outcome ~= 'PAID' or string.sub(lock, 1, 4) ~= 'req:' then return end
  redis.call('HSET', back, 'done', at)
  redis.call('PEXPIRE', back, keepMillis)
end

-- Lets go of an order: it is free, or has been paid by others while this one held it. A page that gave its order away,
-- and moved some of the money then, was one of these.
local function free(order, mark, id, was, keepMillis, moved)
  local kind, holder, payers = standing(marked(mark))
  if kind ~= 'held' or holder ~= id then
    local others = moved and without(payers, id) or payers
    if others ~= payers then stand(order, kind == 'held' and holder or nil, others, keepMillis) end
    return
  end
  for payer in string.gmatch(select(3, standing(was)), '[^\n]+') do payers = without(payers, payer) .. '\n' .. payer end
  stand(order, nil, payers, keepMillis)
end

-- Whether the order that a payment holds to pay it has been paid by another one; a refund of it only takes back.
local function paidBesides(order, began, fors, id) -- seldom
  local _, _, _, operation = terms(began)
  local kind, _, payers = standing(redis.call('GET', order))
  return kind and operation ~= 'refund' and without(payers, string.match(fors or '', '^[^\n]+') or id) ~= ''
end

-- Puts a payer among those of an order, unless what it paid was given back since. Who holds the order holds it on;
-- only programs that know no set would free it with him, so for them it is paid, and no more. If another has
-- paid or holds it, an operator must see both.
-- What may be filed is not written yet where this payment alone has paid the order: says whether that is so.
local function pay(order, mark, back, attention, member, id, payer, was, sets, keepMillis, files)
  local own, holder, payers, others = true, id, '', ''
  if was or mark ~= 'held:' .. id then
    local kind
    kind, holder, payers = standing(marked(mark))
    own = kind ~= 'held' or holder == id
    if own then payers = without(select(3, standing(was)), payer) .. payers end
    others = without(payers, payer)
  end
  if redis.call('HEXISTS', back, 'gone:' .. payer) == 0 then payers = others .. '\n' .. payer end
  local alone = files and own and payers == '\n' .. id and not (shelf and shelf.found)
  if not alone then stand(order, not own and sets == '1' and holder or nil, payers, keepMillis) end
  local other = not own and holder or string.match(others, '[^\n]+')
  if other then
    redis.call('ZADD', attention, 'NX', now(), member, now(), string.match(member, '^[^/]+/') .. other)
  end
  return alone
end

-- The same of a payment that is not the ledger's any more: from who has the order, no program takes it for that.
local function payLate(order, back, attention, member, id, sets, keepMillis) -- seldom
  local mark = marked(redis.call('GET', order))
  if sets == '1' or not mark or mark == 'held:' .. id then
    pay(order, mark, back, attention, member, id, id, nil, sets, keepMillis)
  end
end

-- Why nothing that is learned of a payer may give back what it has paid: a follow-up of it is under way, or what
-- voids a refund of it has begun, or is done.
local function undoing(lock, back, payer)
  if standing(redis.call('GET', lock)) == 'held' then return 'BUSY' end
  local marks = redis.call('HGETALL', back)
  for i = 1, #marks, 2 do
    if string.sub(marks[i], 1, 5) == 'void:' and marks[i + 1] == payer then return 'KEPT' end
  end
end

-- Sends of this tip may take effect until then, by this clock and the platform's, whether or not it has ended by then.
local function linger(tail, id, until_, platformUntil)
  redis.call('SET', tail, 'late:' .. id .. ' ' .. until_ .. ' ' .. platformUntil, 'PX', 86400000)
end

-- The tip whose sends may still take effect; nil when there is none.
local function lingering(mark, at, platformAt)
  local id, last, platformLast = string.match(mark or '', '^late:(.*) (%d+) (%d+)$')
  return id and (at < tonumber(last) or tonumber(platformAt) < tonumber(platformLast)) and id or nil
end

-- Why a payment may not take an order that stands so, or has sends of an earlier tip, and because of whom; what only a
-- closed page has it may take over (PAGE). And who has paid the order: itself, too, though nothing else is known of it.
local function barred(mark, tail, id, payer, new, heeds, pays, pageId, at, platformAt) -- seldom
  local kind, name, payers = standing(mark)
  if kind == 'alias' then return 'ALIAS', name end
  if lingering(tail, at, platformAt) then return 'ORDER_TAKEN', lingering(tail, at, platformAt) end
  local theirs = kind == 'held' and name ~= id and heeds == '1' -- what does not heed a lock asks only who has paid
  if theirs and name ~= pageId then return 'ORDER_TAKEN', name end
  local other = pays == '1' and string.match(without(payers, payer), '[^\n]+')
  if other then return 'ORDER_PAID', other end
  if new and payer == id and without(payers, id) ~= payers then return 'ORDER_PAID', id end
  return theirs and 'PAGE', name, payers
end

-- Whether what a payment follows on is under way: what the platform would say of it now is not true for long. Money
-- that is known to have moved, though not the amount asked for, may be given back.
local function isOpen(original, operation) -- seldom
  local had = redis.call('HMGET', original, 'st', 'oa')
  return had[1] and not ended(had[1]) and not (had[2] and operation == 'void')
end

-- What has ended is kept for some time, and needs no review any more; but a caller who got "refused for now" of
-- what is paid may have gone elsewhere.
local function retain(payment, whole, attention, member, at, state, bad, retentionMillis)
  if state == 'RELEASED' then
    redis.call('PERSIST', payment)
    redis.call('ZADD', attention, 'NX', at, member)
    return
  end
  if not whole then redis.call('PEXPIRE', payment, retentionMillis) end
  if state == 'ATTENTION' or bad then redis.call('ZREM', attention, member) end
end

-- What stays when the record has expired; what is not the first platform's says so.
local function entomb(tomb, outcome, request, platformId, platform, first, keepMillis)
  exhume()
  local named = platformId .. (platform and platform ~= first and ' ' .. platform or '')
  redis.call('SET', tomb, outcome .. ' ' .. request .. ' ' .. named, 'PX', keepMillis)
end

-- Answered as unpaid, expired since, and paid all the same: a later repeat is answered so, and it needs review. Of
-- what has left no trace, the journal says that its money moved, once for each of its ids.
local function unbury(tomb, attention, back, id, platformId, member, at, keepMillis, said, of, history)
  local told, rest = string.match(entombed(redis.call('GET', tomb)) or '', '^(%u+)( .*)$')
  if told == 'PAID' then return false end
  if not told then
    if redis.call('HGET', back, 'told:' .. id) == platformId then return false end
    redis.call('HSET', back, 'told:' .. id, platformId)
    redis.call('PEXPIRE', back, keepMillis)
  end
  report(said, 'contradicted', of, 'PAID', told, history)
  if not told then return true end
  exhume()
  redis.call('SET', tomb, 'PAID' .. rest, 'PX', keepMillis)
  redis.call('ZADD', attention, 'NX', at, member)
  return true
end

-- What has ended and cannot be read stands on no list, and is no worker's: an operator must see it, and see it still. Of
-- a newer program's, its pods take care, unless there is news of it.
local function unreadable(payment, packed, attention, member, at, is, news) -- seldom
  if newer(is) and not news then return false end
  redis.call('ZADD', attention, 'NX', at, member)
  if newer(is) then return true end
  redis.call('PERSIST', payment)
  redis.call('PERSIST', packed)
  return true
end

-- Whether it is written already that one of its ids is paid after all; which one, earlier programs did not write.
local function isNoted(late, platformId) -- seldom
  return late == '1' or late and string.find(late, ' ' .. platformId .. ' ', 1, true)
end

-- Of a request whose record was lost, and whose id is another one's by now: that it is paid is in the journal, once for
-- each of its ids, its order is paid, an operator sees it, and the other one, whose order is its own, makes no further
-- send under an id that is paid.
local function payLost(payment, packed, order, back, attention, member, id, state, log, own, pays, sets, keepMillis, said, history) -- seldom
  local at, transactionId, platformId = said[6], said[8], said[9]
  if redis.call('HGET', back, 'told:' .. id) ~= platformId then
    journal(said[1], said[2], at, 'contradicted', member, {}, 'PAID', '', history, transactionId, platformId, said[10])
    redis.call('HSET', back, 'told:' .. id, platformId)
    redis.call('PEXPIRE', back, keepMillis)
    thaw(payment, packed)
    redis.call('HSET', payment, 'log', noted(log, at, 'another request of this id is paid: ' .. transactionId))
  end
  if ended(state) then redis.call('PERSIST', payment)
  else redis.call('HSET', payment, 'ab', 'lost') end -- and keeps it on the list when it ends
  redis.call('ZADD', attention, 'NX', at, member)
  if pays ~= '1' then return end
  local kind, holder, payers = standing(marked(redis.call('GET', order)))
  if own and sets == '1' and kind == 'held' and holder == id then stand(order, id, without(payers, id) .. '\n' .. id, keepMillis)
  else payLate(order, back, attention, member, id, sets, keepMillis) end
end

-- What stays of what has ended and has no place in the archive stays under keys of its own.
local function remember(left, alone, order, tomb, alias, id, keepMillis, request, platformId, platform, first, transactionId, named)
  if alone and left.order then stand(order, nil, '\n' .. id, keepMillis) elseif alone then redis.call('DEL', order) end
  if left.outcome then entomb(tomb, left.outcome, request, platformId, platform, first, keepMillis) end
  if left.transaction then knownBy(alias, transactionId, id, keepMillis, named) end
end
