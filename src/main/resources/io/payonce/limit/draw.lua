-- draw: takes one resend out of the fleet's budget, if there is one
-- KEYS: budget
-- ARGV: floorPerSecond burst memorySeconds
-- returns: DRAWN | EMPTY waitMillis
local budget = unpack(KEYS)
local floorPerSecond, burst, memorySeconds = unpack(ARGV)
local at = now()
local balance = balanced(budget, at, floorPerSecond, burst, memorySeconds)
local enough = balance >= 1
kept(budget, at, enough and balance - 1 or balance)
if enough then return {'DRAWN'} end
return {'EMPTY', math.ceil((1 - balance) * 1000 / floorPerSecond)}
