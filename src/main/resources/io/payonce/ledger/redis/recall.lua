-- recall: reads what is kept of a payment that must not begin now
-- KEYS: payment packed tomb archive
-- ARGV: prints buried
-- returns: KNOWN now fields | OTHER_BODY now fields tombstone body | LATE tombstone | GONE
local payment, packed, tomb, archive = unpack(KEYS)
local prints, buried = unpack(ARGV)
local had = fetch(payment, packed, 'st', 'is', 'fp')
if had[1] and had[1] ~= 'RELEASED' then
  local request = select(5, terms(had[2]))
  if request and not same(prints, request, had[3]) then return {'OTHER_BODY', now(), read(payment, packed), false, redis.call('HGET', payment, 'body')} end
  return {'KNOWN', now(), read(payment, packed)}
end
shelve(archive, redis.call('GET', archive), now(), nil, buried)
local mark = entombed(redis.call('GET', tomb))
if not mark then return {'GONE'} end
if not same(prints, string.match(mark, '^%S+ (%S+) ')) then return {'OTHER_BODY', now(), false, mark, false} end
return {'LATE', mark}
