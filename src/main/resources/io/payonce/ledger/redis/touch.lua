-- touch: the tiny write that WAIT can count: whoever has it has all that was read before it
-- KEYS: touch
-- ARGV:
-- says: TOUCHED
local touch = unpack(KEYS)
redis.call('SET', touch, 1)
return {'TOUCHED'}
