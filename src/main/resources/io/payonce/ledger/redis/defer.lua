-- defer: writes the stage down, gives the lease back, sets the next due time
-- KEYS: payment due attention alias archive order back
-- ARGV: member token stage history steps pauseMillis answer event id transactionId keepMillis otherAmount named once sets sought
-- returns: DEFERRED | STALE
local payment, due, attention, alias, archive, order, back = unpack(KEYS)
local member, token, stage, history, steps, pauseMillis, answer, event, id, transactionId, keepMillis, otherAmount, named, once, sets, sought = unpack(ARGV)
local had = redis.call('HMGET', payment, 'st', 'f', 'log', 'bad', 'hu', 'oa')
local state = had[1]
if not state or ended(state) or not holds(had[2], token) then return {'STALE'} end
local at = now()
redis.call('HSET', payment, 'st', stage, 'h', history, 'n', steps, 'f', '-', 'log', noted(had[3], at, event))
if answer ~= '' then redis.call('HSET', payment, 'ans', answer) end
if otherAmount ~= '' and (ofAnother(otherAmount) or not ofAnother(had[6])) then redis.call('HSET', payment, 'oa', otherAmount) end
-- A page that gave its order away does not hold it for the money that moved.
if otherAmount ~= '' and once == '1' and string.find(redis.call('HGET', payment, 'shut') or '', ' .') then
  shelve(archive, redis.call('GET', archive), at, sought)
  payLate(order, back, attention, member, id, sets, keepMillis)
end
if had[5] then -- something was learned while this worker had it: what it asked may be older
  pauseMillis = math.min(0, pauseMillis)
  redis.call('HDEL', payment, 'hu')
end
redis.call('ZADD', due, at + pauseMillis, member)
if transactionId ~= '' then shelve(archive, redis.call('GET', archive), at) end
knownBy(alias, transactionId, id, keepMillis, named)
if had[4] then redis.call('HDEL', payment, 'bad') end
if stage == 'ATTENTION' and state ~= stage then
  redis.call('ZADD', attention, at, member)
elseif stage ~= 'ATTENTION' and (state == 'ATTENTION' or had[4]) then
  redis.call('ZREM', attention, member)
end
return {'DEFERRED'}
