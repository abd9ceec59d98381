-- find: reads the payment, or its tombstone; safely, it also makes the tiny write that WAIT can count
-- KEYS: payment packed tomb touch archive
-- ARGV: safely buried
-- returns: FOUND now fields | LATE tombstone | GONE
local payment, packed, tomb, touch, archive = unpack(KEYS)
local safely, buried = unpack(ARGV)
if safely == '1' then redis.call('SET', touch, 1) end
local fields = read(payment, packed)
if fields[1] then return {'FOUND', now(), fields} end
shelve(archive, redis.call('GET', archive), now(), nil, buried)
local mark = entombed(redis.call('GET', tomb))
if mark then return {'LATE', mark} end
return {'GONE'}
