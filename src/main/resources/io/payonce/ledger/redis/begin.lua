-- begin: writes a payment, takes its order, writes the intent of its first send and its due time
-- KEYS: payment packed due tomb order back page tail archive original
-- ARGV: id member token prints fingerprint platform operation orderName body waitMillis leaseMillis notAfter platformAt pays sets stage history event heeds amount sought buried app road besides payer voids pageId pageMember pageHistory pageLookAt
-- returns: BEGUN now begunAt | KNOWN now fields | OTHER_BODY now fields tombstone body | TOO_LATE now | LATE now tombstone | ALIAS now name | ORIGINAL_OPEN now | ORDER_TAKEN now holder | ORDER_PAID now payer
local payment, packed, due, tomb, order, back, page, tail, archive, original = unpack(KEYS)
local id, member, token, prints, fingerprint, platform, operation, orderName, body, waitMillis, leaseMillis, notAfter, platformAt, pays, sets, stage, history, event, heeds, amount, sought, buried, app, road, besides, payer, voids, pageId, pageMember, pageHistory, pageLookAt = unpack(ARGV)
local at, had, marks = now(), {}, {}
-- Nearly always nothing stands there yet, and then nothing more is looked at.
if redis.call('EXISTS', payment, packed, tomb, order, tail) > 0 then
  had, marks = fetch(payment, packed, 'st', 'f', 'is', 'b', 'log', 'fp'), redis.call('MGET', tomb, order, tail)
  -- A repeat of this very begin, perhaps out of a buffer, perhaps after the payment has moved on.
  local repeated, _, began, _, _, request = string.find(had[4] or '', ' ' .. token .. ' ', 1, true), terms(had[3])
  if repeated and had[2] == token and not ended(had[1]) then return {'BEGUN', at, began} end
  if had[1] and (had[1] ~= 'RELEASED' or repeated) then
    -- An unreadable record does not show whose request it is: it must not count as another one's.
    if request and not same(prints, request, had[6]) then return {'OTHER_BODY', at, read(payment, packed), false, redis.call('HGET', payment, 'body')} end
    return {'KNOWN', at, read(payment, packed)}
  end
end
if at > tonumber(notAfter) then return {'TOO_LATE', at} end
shelve(archive, redis.call('GET', archive), at, sought, buried); local tombstone = entombed(marks[1])
if tombstone and not same(prints, string.match(tombstone, '^%S+ (%S+) ')) then return {'OTHER_BODY', at, false, tombstone, false} end
if tombstone then return {'LATE', at, tombstone} end
if original ~= payment and isOpen(original, operation) then return {'ORIGINAL_OPEN', at} end
payer = payer ~= '' and payer or id; local mark, why, name, payers = marked(marks[2])
if mark or marks[3] then
  why, name, payers = barred(mark, marks[3], id, payer, not had[1], heeds, pays, pageId, at, platformAt)
  if why == 'PAGE' and not hand(page, due, pageMember, pageHistory, id, pageLookAt, at) then why = 'ORDER_TAKEN' end
end
if why == 'ALIAS' then return {'ALIAS', at, name}
elseif why == 'ORDER_TAKEN' then return {'ORDER_TAKEN', at, name} elseif why == 'ORDER_PAID' then return {'ORDER_PAID', at, name} end
if had[1] then redis.call('DEL', payment) end
-- What is as RecordReader.java takes it to be when it is absent, is not written: a field costs 64 bytes and half a microsecond.
local more, begun = {}, digits(at); add(more, 'fp', besides); add(more, 'nu', road); add(more, 'ap', app)
redis.call('HSET', payment, 'st', stage, 'h', history, 'f', token, 'body', body, 'pf', platform, 'pa', digits(platformAt - at),
  'is', version(operation) .. ' ' .. begun .. ' ' .. waitMillis .. ' ' .. operation .. ' ' .. fingerprint .. ' ' .. orderName, 'b', string.sub(' ' .. token .. (had[4] or ''), 1, 200) .. ' ', 'log', noted(had[5], begun, event), 'am', amount, unpack(more))
if orderName ~= '' then take(payment, order, back, id, payers or '', payer, voids, sets) end
redis.call('ZADD', due, digits(at + leaseMillis), member)
return {'BEGUN', at, at}
