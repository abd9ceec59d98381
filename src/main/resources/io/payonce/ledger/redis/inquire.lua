-- inquire: whether it may be asked now if a payment was undone that has paid an order; one at a time
-- KEYS: lock back
-- ARGV: payer pauseMillis keepMillis
-- returns: ASK | KEPT | BUSY
local lock, back = unpack(KEYS)
local payer, pauseMillis, keepMillis = unpack(ARGV)
local why, at = undoing(lock, back, payer), now()
if why == 'BUSY' then return {'BUSY'} end
if why or at < (tonumber(redis.call('HGET', back, 'asked')) or 0) + pauseMillis then return {'KEPT'} end
redis.call('HSET', back, 'asked', at)
redis.call('PEXPIRE', back, keepMillis)
return {'ASK'}
