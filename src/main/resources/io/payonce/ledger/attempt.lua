-- attempt: writes the intent of one more copy and renews the lease
-- KEYS: payment due attention alias derivedAlias
-- ARGV: member fence stage history leaseMillis answer event id transactionId derivedId keepMillis platformAt
-- says: ATTEMPTED | STALE | ABORTED
local payment, due, attention, alias, derivedAlias = unpack(KEYS)
local member, fence, stage, history, leaseMillis, answer, event, id, transactionId, derivedId, keepMillis, platformAt = unpack(ARGV)
local had = redis.call('HMGET', payment, 'st', 'f', 'ab', 'log', 'bad')
local state = had[1]
if not state or ended(state) or not holds(had[2], fence) then return {'STALE'} end
if had[3] then return {'ABORTED'} end
local at = now()
redis.call('HSET', payment, 'st', stage, 'h', history, 'it', at, 'pa', platformAt - at, 'log', noted(had[4], at, event))
if answer ~= '' then redis.call('HSET', payment, 'ans', answer) end
redis.call('ZADD', due, at + leaseMillis, member)
name(alias, transactionId, id, keepMillis)
name(derivedAlias, derivedId, id, keepMillis)
if state == 'ATTENTION' or had[5] then redis.call('ZREM', attention, member) end
return {'ATTEMPTED'}
