-- intent: writes the intent of one more send and renews the lease
-- KEYS: payment due attention alias derivedAlias tail archive order
-- ARGV: member token stage history leaseMillis answer event id transactionId derivedId keepMillis platformAt tailMillis named derivedNamed once
-- returns: RECORDED | STALE | ABORTED
local payment, due, attention, alias, derivedAlias, tail, archive, order = unpack(KEYS)
local member, token, stage, history, leaseMillis, answer, event, id, transactionId, derivedId, keepMillis, platformAt, tailMillis, named, derivedNamed, once = unpack(ARGV)
local had = redis.call('HMGET', payment, 'st', 'f', 'ab', 'log', 'bad', 'is', 'for')
local state = had[1]
if not state or ended(state) or not holds(had[2], token) then return {'STALE'} end
if had[3] then return {'ABORTED'} end
local at = now()
-- While it was in doubt, its order may have turned out to be paid: another send would pay it again.
if once == '1' and paidBesides(order, had[6], had[7], id) then
  redis.call('HSET', payment, 'ab', 1, 'log', noted(had[4], at, 'its order is paid by another payment: no further send'))
  return {'ABORTED'}
end
redis.call('HSET', payment, 'st', stage, 'h', history, 'it', at, 'pa', platformAt - at, 'log', noted(had[4], at, event))
if answer ~= '' then redis.call('HSET', payment, 'ans', answer) end
if tailMillis ~= '0' then linger(tail, id, at + tailMillis, platformAt + tailMillis) end
redis.call('ZADD', due, at + leaseMillis, member)
if transactionId .. derivedId ~= '' then shelve(archive, redis.call('GET', archive), at) end
knownBy(alias, transactionId, id, keepMillis, named)
knownBy(derivedAlias, derivedId, id, keepMillis, derivedNamed)
if state == 'ATTENTION' or had[5] then redis.call('ZREM', attention, member) end
return {'RECORDED'}
