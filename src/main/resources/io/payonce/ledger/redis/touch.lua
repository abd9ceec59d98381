-- touch: the tiny write that WAIT can count: a replica that has it has all that was read before it
-- KEYS: touch
-- ARGV:
-- returns: TOUCHED
local touch = unpack(KEYS)
redis.call('SET', touch, 1)
return {'TOUCHED'}
