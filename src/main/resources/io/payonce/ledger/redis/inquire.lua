-- inquire: whether it may be asked now if a payment was undone that has paid an order; one at a time
-- KEYS: lock back lockBack
-- ARGV: payer pauseMillis keepMillis
-- returns: ASK | KEPT | BUSY | GONE
local lock, back, lockBack = unpack(KEYS)
local payer, pauseMillis, keepMillis = unpack(ARGV)
-- Found undone since it stood in the way: whoever wants the order may begin again.
if redis.call('HEXISTS', back, 'gone:' .. payer) == 1 then return {'GONE'} end
local why, at = undoing(lock, back, payer), now()
if why == 'BUSY' then return {'BUSY'} end
if why then return {'KEPT'} end
-- What was learned before the last refund says nothing of it. Just after one, no caller is answered "paid" by another's question.
local asked, done = tonumber(redis.call('HGET', back, 'asked')) or 0, tonumber(redis.call('HGET', lockBack, 'done')) or 0
if asked > at then asked = 0 end -- by a clock that was ahead
if asked > done and at < done + pauseMillis then return {'BUSY'} end
if asked > done and at < asked + pauseMillis then return {'KEPT'} end
redis.call('HSET', back, 'asked', at)
redis.call('PEXPIRE', back, keepMillis)
return {'ASK'}
