-- recall: what is remembered of a payment that shall not begin now
-- KEYS: payment tomb
-- ARGV: fingerprint
-- says: KNOWN now fields | OTHER_BODY | LATE tombstone | GONE
local payment, tomb = unpack(KEYS)
local fingerprint = unpack(ARGV)
local had = redis.call('HMGET', payment, 'st', 'is')
if had[1] and had[1] ~= 'RELEASED' then
  local request = select(5, terms(had[2]))
  if request and request ~= fingerprint then return {'OTHER_BODY'} end
  return {'KNOWN', now(), read(payment)}
end
local mark = redis.call('GET', tomb)
if not mark then return {'GONE'} end
if not string.find(mark, ' ' .. fingerprint .. ' ', 1, true) then return {'OTHER_BODY'} end
return {'LATE', mark}
