-- begin: writes a payment, takes its order, writes the intent of its first send and its due time
-- KEYS: payment packed due tomb order back page tail archive
-- ARGV: id member token prints fingerprint platform operation orderName body waitMillis leaseMillis notAfter platformAt pays sets stage history event heeds amount sought buried app road besides payer voids pageId pageMember pageHistory pageLookAt
-- returns: BEGUN now begunAt | KNOWN now fields | OTHER_BODY now fields tombstone body | TOO_LATE now | LATE now tombstone | ALIAS now name | ORDER_TAKEN now holder | ORDER_PAID now payer
local payment, packed, due, tomb, order, back, page, tail, archive = unpack(KEYS)
local id, member, token, prints, fingerprint, platform, operation, orderName, body, waitMillis, leaseMillis, notAfter, platformAt, pays, sets, stage, history, event, heeds, amount, sought, buried, app, road, besides, payer, voids, pageId, pageMember, pageHistory, pageLookAt = unpack(ARGV)
local at, had, marks = now(), redis.call('HMGET', payment, 'st', 'f', 'is', 'b', 'log', 'fp'), redis.call('MGET', tomb, order, tail, packed, archive)
if marks[4] and not had[1] then had = among(opened(marks[4]), 'st', 'f', 'is', 'b', 'log', 'fp') end
-- A repeat of this very begin, perhaps out of a buffer, perhaps after the payment has moved on.
local state, begins, begunAt, repeated = had[1], had[4] or '', string.format('%.0f', at), string.find(had[4] or '', ' ' .. token .. ' ', 1, true)
local _, began, _, _, request = terms(had[3])
if repeated and had[2] == token and not ended(state) then return {'BEGUN', at, began} end
if state and (state ~= 'RELEASED' or repeated) then
  -- An unreadable record does not show whose request it is: it must not count as another one's.
  if request and not same(prints, request, had[6]) then return {'OTHER_BODY', at, read(payment, packed), false, redis.call('HGET', payment, 'body')} end
  return {'KNOWN', at, read(payment, packed)}
end
if at > tonumber(notAfter) then return {'TOO_LATE', at} end
shelve(archive, marks[5], at, sought, buried)
local tombstone = entombed(marks[1])
if tombstone and not same(prints, string.match(tombstone, '^%S+ (%S+) ')) then return {'OTHER_BODY', at, false, tombstone, false} end
if tombstone then return {'LATE', at, tombstone} end
local kind, name, payers = standing(marked(marks[2]))
if kind == 'alias' then return {'ALIAS', at, name} end
local theirs = kind == 'held' and name ~= id and heeds == '1' -- what does not heed a lock asks only who has paid
if lingering(marks[3], at, platformAt) then return {'ORDER_TAKEN', at, lingering(marks[3], at, platformAt)} end
if theirs and name ~= pageId then return {'ORDER_TAKEN', at, name} end
payer = payer ~= '' and payer or id
local other = pays == '1' and string.match(without(payers, payer), '[^\n]+')
if other then return {'ORDER_PAID', at, other} end
if theirs and not hand(page, due, pageMember, pageHistory, id, pageLookAt, at) then return {'ORDER_TAKEN', at, name} end
if state then redis.call('DEL', payment) end
-- What is as RecordReader.java takes it to be when it is absent, is not written: a field costs 64 bytes and half a microsecond.
local more = {}; add(more, 'fp', besides); add(more, 'nu', road); add(more, 'ap', app)
redis.call('HSET', payment, 'st', stage, 'h', history, 'f', token, 'body', body, 'pf', platform, 'pa', platformAt - at,
  'is', version(operation) .. ' ' .. begunAt .. ' ' .. waitMillis .. ' ' .. operation .. ' ' .. fingerprint .. ' ' .. orderName, 'b', string.sub(' ' .. token .. begins, 1, 200) .. ' ', 'log', noted(had[5], begunAt, event), 'am', amount, unpack(more))
if orderName ~= '' then take(payment, order, back, id, payers, payer, voids, sets) end
redis.call('ZADD', due, at + leaseMillis, member)
return {'BEGUN', at, at}
