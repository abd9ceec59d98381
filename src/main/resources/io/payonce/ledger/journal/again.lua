-- again: a notification is due again after a pause; of a try that failed it is said why
-- KEYS: notice outbox failing
-- ARGV: member uuid pauseMillis why since
-- returns: AGAIN | OTHER
local notice, outbox, failing = unpack(KEYS)
local member, uuid, pauseMillis, why, since = unpack(ARGV)
if not isStill(notice, uuid) then return {'OTHER'} end
redis.call('ZADD', outbox, now() + pauseMillis, member)
if why ~= '' then
  redis.call('HINCRBY', notice, 'tries', 1)
  redis.call('HSET', notice, 'why', why)
  redis.call('ZADD', failing, 'NX', since, member)
end
return {'AGAIN'}
