-- forgo: a notification is given up; it is kept for an operator, in place of one that was given up earlier
-- KEYS: notice outbox undelivered failing payment packed
-- ARGV: member number uuid why event
-- returns: MORE | LAST | OTHER
local notice, outbox, undelivered, failing, payment, packed = unpack(KEYS)
local member, number, uuid, why, event = unpack(ARGV)
if not isStill(notice, uuid) then return {'OTHER'} end
local at, had = now(), redis.call('HMGET', notice, number, 'tries')
redis.call('ZADD', undelivered, at, member)
redis.call('HSET', notice, 'lost', had[1], 'lostnumber', number, 'lostuuid', uuid, 'losttries', (had[2] or 0) + 1, 'lostwhy', why)
tell(payment, packed, at, event)
if leave(notice, outbox, failing, member, number, at) then return {'MORE'} end
return {'LAST'}
