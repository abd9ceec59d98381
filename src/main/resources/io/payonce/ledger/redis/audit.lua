-- audit: reads record, due time and order of a payment at one moment; writes nothing
-- KEYS: payment packed due attention order tomb back archive
-- ARGV: member id sought buried
-- returns: AUDITED now kind fields dueAt listed order recordEnds orderEnds tomb gone
local payment, packed, due, attention, order, tomb, back, archive = unpack(KEYS)
local member, id, sought, buried = unpack(ARGV)
shelve(archive, redis.call('GET', archive), now(), sought, buried)
local kind = redis.call('TYPE', payment).ok
local isPacked = kind == 'none' and redis.call('EXISTS', packed) == 1
if isPacked then kind = 'hash' end -- what it once was
local fields = kind == 'hash' and fetch(payment, packed, 'st', 'f', 'out', 'was', 'is', 'shut') or {}
for i = 1, 6 do fields[i] = fields[i] or '' end
return {'AUDITED', now(), kind, fields, redis.call('ZSCORE', due, member) or '',
  redis.call('ZSCORE', attention, member) or '', marked(redis.call('GET', order)) or '',
  isPacked and redis.call('PTTL', packed) or redis.call('PTTL', payment), redis.call('PTTL', order), entombed(redis.call('GET', tomb)) or '',
  redis.call('HEXISTS', back, 'gone:' .. id)}
