-- revive: an operator wants a notification sent again; where a later one is still to be sent, that one is
-- KEYS: notice outbox undelivered payment packed
-- ARGV: member keepMillis event
-- returns: DUE | PENDING | NOTHING
local notice, outbox, undelivered, payment, packed = unpack(KEYS)
local member, keepMillis, event = unpack(ARGV)
local at, had, pending = now(), redis.call('HMGET', notice, 'lost', 'lostnumber', 'lostuuid'), oldest(notice)
if not had[1] and not pending then
  redis.call('ZREM', undelivered, member)
  return {'NOTHING'}
end
redis.call('ZADD', outbox, at, member)
tell(payment, packed, at, event)
redis.call('PEXPIRE', notice, keepMillis)
if pending then return {'PENDING'} end
redis.call('HSET', notice, had[2], had[1], 'uuid', had[3], 'from', at)
redis.call('HDEL', notice, 'lost', 'lostnumber', 'lostuuid', 'losttries', 'lostwhy')
redis.call('ZREM', undelivered, member)
return {'DUE'}
