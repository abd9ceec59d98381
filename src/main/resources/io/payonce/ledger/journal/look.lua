-- look: what a shard has to notify: what is due, the most overdue first; when more is; and how much there is
-- KEYS: outbox undelivered failing
-- ARGV: most keepMillis
-- returns: SEEN members pending undelivered waited next
local outbox, undelivered, failing = unpack(KEYS)
local most, keepMillis = unpack(ARGV)
local at, due, pending, nextIn, waited = now(), {}, 0, -1, 0
local first = redis.call('ZRANGE', outbox, 0, 0, 'WITHSCORES')[2]
if first then
  local failed = redis.call('ZRANGE', failing, 0, 0, 'WITHSCORES')[2]
  local later = redis.call('ZRANGEBYSCORE', outbox, '(' .. at, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)[2]
  due = redis.call('ZRANGEBYSCORE', outbox, '-inf', at, 'LIMIT', 0, most)
  pending = redis.call('ZCOUNT', outbox, '-inf', '+inf')
  nextIn = later and later - at or -1
  waited = math.max(0, at - first, at - (failed or at))
end
-- Of what was given up longer ago nothing is left that could be sent; it goes a part at a time.
local over = redis.call('ZRANGEBYSCORE', undelivered, '-inf', at - keepMillis, 'LIMIT', 0, most)
if #over > 0 then redis.call('ZREM', undelivered, unpack(over)) end
local lost = redis.call('ZCOUNT', undelivered, '(' .. at - keepMillis, '+inf')
return {'SEEN', due, pending, lost, waited, nextIn}
