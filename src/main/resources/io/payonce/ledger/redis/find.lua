-- find: the payment as it stands, or what is remembered of it
-- KEYS: payment tomb
-- ARGV:
-- says: FOUND now fields | LATE tombstone | GONE
local payment, tomb = unpack(KEYS)
local fields = read(payment)
if fields[1] then return {'FOUND', now(), fields} end
local mark = redis.call('GET', tomb)
if mark then return {'LATE', mark} end
return {'GONE'}
