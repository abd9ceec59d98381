-- take: gives a payment's oldest notification to one pod for the time of a lease
-- KEYS: notice outbox payment packed
-- ARGV: member leaseMillis fresh keepMillis
-- returns: TAKEN now number uuid tries why from url said terms amount transactionId platform | LATER | NOTHING
local notice, outbox, payment, packed = unpack(KEYS)
local member, leaseMillis, fresh, keepMillis = unpack(ARGV)
local due, at = redis.call('ZSCORE', outbox, member), now()
if not due then return {'NOTHING'} end
if tonumber(due) > at then return {'LATER'} end
local number = oldest(notice)
if not number then -- its time is over
  redis.call('ZREM', outbox, member)
  return {'NOTHING'}
end
redis.call('ZADD', outbox, at + leaseMillis, member)
redis.call('HSETNX', notice, 'uuid', fresh)
redis.call('PEXPIRE', notice, keepMillis) -- what is being tried, or was just given up, is not forgotten
local had = redis.call('HMGET', notice, 'uuid', 'tries', 'why', 'from', 'url', number, 'is', 'am', 'txn', 'pf')
if not had[7] then had[7], had[8] = unpack(fetch(payment, packed, 'is', 'am')) end
return {'TAKEN', at, number, had[1], had[2], had[3], had[4], had[5], had[6], had[7], had[8], had[9], had[10]}
