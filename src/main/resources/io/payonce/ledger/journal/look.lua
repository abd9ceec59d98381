-- look: what a shard has to notify: what is due, the most overdue first, and how much else there is
-- KEYS: outbox undelivered failing
-- ARGV: most
-- returns: SEEN members pending undelivered waited
local outbox, undelivered, failing = unpack(KEYS)
local most = unpack(ARGV)
local at = now()
local first, failed = redis.call('ZRANGE', outbox, 0, 0, 'WITHSCORES'), redis.call('ZRANGE', failing, 0, 0, 'WITHSCORES')
local waited = math.max(0, at - (first[2] or at), at - (failed[2] or at))
return {'SEEN', first[2] and tonumber(first[2]) <= at and redis.call('ZRANGEBYSCORE', outbox, '-inf', at, 'LIMIT', 0, most) or {},
  first[2] and redis.call('ZCOUNT', outbox, '-inf', '+inf') or 0, redis.call('ZCOUNT', undelivered, '-inf', '+inf'), waited}
