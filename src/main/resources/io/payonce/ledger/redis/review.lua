-- review: lists for review what has ended and cannot be read; it stays until an operator has decided
-- KEYS: payment packed attention
-- ARGV: member
-- returns: LISTED | LEFT
local payment, packed, attention = unpack(KEYS)
local member = unpack(ARGV)
local had = fetch(payment, packed, 'st', 'is')
-- What has not ended is a worker's: it is set aside after a few tries.
if not ended(had[1]) or not unreadable(payment, packed, attention, member, now(), had[2]) then return {'LEFT'} end
return {'LISTED'}
