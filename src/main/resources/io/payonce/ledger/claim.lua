-- claim: takes a due payment over: a new fence, a new lease
-- KEYS: payment due attention
-- ARGV: member fence leaseMillis
-- says: CLAIMED now fields body | NOT_DUE | ENDED | GONE
local payment, due, attention = unpack(KEYS)
local member, fence, leaseMillis = unpack(ARGV)
local state = redis.call('HGET', payment, 'st')
if not state then
  redis.call('ZREM', due, member)
  redis.call('ZREM', attention, member)
  return {'GONE'}
end
if ended(state) then
  redis.call('ZREM', due, member)
  return {'ENDED'}
end
-- No due time at all is a fault that a claim mends: whoever held a lease would have one.
local at, score = now(), redis.call('ZSCORE', due, member)
if score and tonumber(score) > at then return {'NOT_DUE'} end
redis.call('HSET', payment, 'f', fence)
redis.call('ZADD', due, at + leaseMillis, member)
return {'CLAIMED', at, read(payment), redis.call('HGET', payment, 'body')}
