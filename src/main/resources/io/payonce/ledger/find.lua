-- find: the payment as it stands
-- KEYS: payment
-- ARGV:
-- says: FOUND now fields | GONE
local payment = unpack(KEYS)
local fields = read(payment)
if not fields[1] then return {'GONE'} end
return {'FOUND', now(), fields}
