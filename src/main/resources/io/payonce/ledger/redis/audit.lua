-- audit: reads record, due time and order of a payment at one moment; writes nothing
-- KEYS: payment due attention order tomb back
-- ARGV: member id
-- returns: AUDITED now kind fields dueAt listed order recordEnds orderEnds tomb gone
local payment, due, attention, order, tomb, back = unpack(KEYS)
local member, id = unpack(ARGV)
local kind = redis.call('TYPE', payment).ok
local fields = kind == 'hash' and redis.call('HMGET', payment, 'st', 'f', 'out', 'was', 'is', 'shut') or {}
for i = 1, 6 do fields[i] = fields[i] or '' end
return {'AUDITED', now(), kind, fields, redis.call('ZSCORE', due, member) or '',
  redis.call('ZSCORE', attention, member) or '', redis.call('GET', order) or '',
  redis.call('PTTL', payment), redis.call('PTTL', order), redis.call('GET', tomb) or '',
  redis.call('HEXISTS', back, 'gone:' .. id)}
