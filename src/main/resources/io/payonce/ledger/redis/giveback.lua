-- giveback: takes a payment off those that have paid an order, for good
-- KEYS: order lock back archive
-- ARGV: payer asked keepMillis sought
-- returns: GIVEN | KEPT | BUSY
local order, lock, back, archive = unpack(KEYS)
local payer, asked, keepMillis, sought = unpack(ARGV)
-- What the platform answered may be older than what is under way, or was undone, since.
local gone = redis.call('HEXISTS', back, 'gone:' .. payer) == 1
local why = asked == '1' and not gone and undoing(lock, back, payer)
if why == 'BUSY' then return {'BUSY'} end
if why then return {'KEPT'} end
shelve(archive, redis.call('GET', archive), now(), sought)
local kind, holder, payers = standing(marked(redis.call('GET', order)))
redis.call('HSET', back, 'gone:' .. payer, 1)
redis.call('PEXPIRE', back, keepMillis)
if kind == 'held' or kind == 'paid' then
  stand(order, kind == 'held' and holder or nil, without(payers, payer), keepMillis)
end
return {'GIVEN'}
