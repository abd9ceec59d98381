-- credit: adds to the fleet's budget what fresh payments earned, or a resend that did not leave
-- KEYS: budget
-- ARGV: floorPerSecond burst memorySeconds amount
-- returns: CREDITED
local budget = unpack(KEYS)
local floorPerSecond, burst, memorySeconds, amount = unpack(ARGV)
local at = now()
kept(budget, at, balanced(budget, at, floorPerSecond, burst, memorySeconds) + amount)
return {'CREDITED'}
