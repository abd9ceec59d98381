-- find: reads the payment, or its tombstone
-- KEYS: payment tomb
-- ARGV:
-- returns: FOUND now fields | LATE tombstone | GONE
local payment, tomb = unpack(KEYS)
local fields = read(payment)
if fields[1] then return {'FOUND', now(), fields} end
local mark = redis.call('GET', tomb)
if mark then return {'LATE', mark} end
return {'GONE'}
