-- intent: writes the intent of one more send and renews the lease
-- KEYS: payment due attention alias derivedAlias tail archive
-- ARGV: member token stage history leaseMillis answer event id transactionId derivedId keepMillis platformAt tailMillis named derivedNamed
-- returns: RECORDED | STALE | ABORTED
local payment, due, attention, alias, derivedAlias, tail, archive = unpack(KEYS)
local member, token, stage, history, leaseMillis, answer, event, id, transactionId, derivedId, keepMillis, platformAt, tailMillis, named, derivedNamed = unpack(ARGV)
local had = redis.call('HMGET', payment, 'st', 'f', 'ab', 'log', 'bad')
local state = had[1]
if not state or ended(state) or not holds(had[2], token) then return {'STALE'} end
if had[3] then return {'ABORTED'} end
local at = now()
redis.call('HSET', payment, 'st', stage, 'h', history, 'it', at, 'pa', platformAt - at, 'log', noted(had[4], at, event))
if answer ~= '' then redis.call('HSET', payment, 'ans', answer) end
if tailMillis ~= '0' then linger(tail, id, at + tailMillis, platformAt + tailMillis) end
redis.call('ZADD', due, at + leaseMillis, member)
if transactionId .. derivedId ~= '' then shelve(archive, redis.call('GET', archive), at) end
knownBy(alias, transactionId, id, keepMillis, named)
knownBy(derivedAlias, derivedId, id, keepMillis, derivedNamed)
if state == 'ATTENTION' or had[5] then redis.call('ZREM', attention, member) end
return {'RECORDED'}
