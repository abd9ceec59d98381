-- begin: writes a payment, takes its order, writes the intent of its first copy and its due time
-- KEYS: payment due tomb order tail
-- ARGV: id member token prints fingerprint besides operation orderName body waitMillis leaseMillis notAfter platformAt pays stage history event
-- says: BEGUN now begunAt | KNOWN now fields | OTHER_BODY now fields tombstone | TOO_LATE now | LATE now tombstone
-- says: ALIAS now name | ORDER_TAKEN now holder | ORDER_PAID now payer
local payment, due, tomb, order, tail = unpack(KEYS)
local id, member, token, prints, fingerprint, besides, operation, orderName, body, waitMillis, leaseMillis, notAfter, platformAt, pays, stage, history, event = unpack(ARGV)
local at, had = now(), redis.call('HMGET', payment, 'st', 'f', 'is', 'b', 'log', 'fp')
local state, begins = had[1], had[4] or ''
-- A repeat of this very begin, perhaps out of a buffer, perhaps after the payment has moved on.
local repeated = string.find(begins, ' ' .. token .. ' ', 1, true)
local _, began, _, _, request = terms(had[3])
if repeated and had[2] == token and not ended(state) then return {'BEGUN', at, began} end
if state and (state ~= 'RELEASED' or repeated) then
  -- Whose request an unreadable record is, nobody can say: least of all that it is another's.
  if request and not same(prints, request, had[6]) then return {'OTHER_BODY', at, read(payment), false} end
  return {'KNOWN', at, read(payment)}
end
if at > tonumber(notAfter) then return {'TOO_LATE', at} end
local marks = redis.call('MGET', tomb, order, tail)
if marks[1] then
  if not same(prints, string.match(marks[1], '^%S+ (%S+) ')) then return {'OTHER_BODY', at, false, marks[1]} end
  return {'LATE', at, marks[1]}
end
local kind, name = string.match(marks[2] or '', '^(%l+):(.*)$')
if kind == 'alias' then return {'ALIAS', at, name} end
if kind == 'held' and name ~= id then return {'ORDER_TAKEN', at, name} end
if lingering(marks[3], at, platformAt) then return {'ORDER_TAKEN', at, lingering(marks[3], at, platformAt)} end
if kind == 'paid' and name ~= id and pays == '1' then return {'ORDER_PAID', at, name} end
if state then redis.call('DEL', payment) end
-- What is as Row.java takes it to be when it is absent, is not written: a field costs 64 bytes and half a microsecond.
redis.call('HSET', payment, 'st', stage, 'h', history, 'f', token, 'body', body, 'pa', platformAt - at,
  'is', table.concat({'1', at, waitMillis, operation, fingerprint, orderName}, ' '),
  'b', string.sub(' ' .. token .. begins, 1, 200) .. ' ', 'log', noted(had[5], at, event))
if besides ~= '' then redis.call('HSET', payment, 'fp', besides) end
if kind == 'paid' then redis.call('HSET', payment, 'was', marks[2]) end
if orderName ~= '' then redis.call('SET', order, 'held:' .. id) end
redis.call('ZADD', due, at + leaseMillis, member)
return {'BEGUN', at, at}
