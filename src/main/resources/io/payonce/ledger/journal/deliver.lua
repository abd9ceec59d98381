-- deliver: a notification was taken; what was given up before it is of no use any more. A hook that was notified of no success keeps its place
-- KEYS: notice outbox undelivered failing payment packed
-- ARGV: member number uuid event
-- returns: MORE | LAST | OTHER
local notice, outbox, undelivered, failing, payment, packed = unpack(KEYS)
local member, number, uuid, event = unpack(ARGV)
if not isStill(notice, uuid) then return {'OTHER'} end
local at, told = now(), string.match(redis.call('HGET', notice, number) or '', '^%S+ (%S+) ')
redis.call('ZREM', undelivered, member)
redis.call('HDEL', notice, 'lost', 'lostnumber', 'lostuuid', 'losttries', 'lostwhy')
local more = leave(notice, outbox, failing, member, number, at)
tell(payment, packed, at, event)
if more then return {'MORE'} end
-- Money that shows later is notified as well, though the record may have expired by then.
if told == 'PAID' then redis.call('DEL', notice) end
return {'LAST'}
