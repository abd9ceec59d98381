-- claim: takes a due payment: a new fencing token, a new lease
-- KEYS: payment packed due attention
-- ARGV: member token leaseMillis platforms first deadlineMillis putOff asked
-- returns: CLAIMED now fields body | NOT_DUE | ENDED | GONE | BROKEN | NEWER | FOREIGN platform | PUT_OFF platform
local payment, packed, due, attention = unpack(KEYS)
local member, token, leaseMillis, platforms, first, deadlineMillis, putOff, asked = unpack(ARGV)
local kind = redis.call('TYPE', payment).ok
if kind == 'none' then
  redis.call('ZREM', due, member)
  if redis.call('EXISTS', packed) == 1 then return {'ENDED'} end
  redis.call('ZREM', attention, member)
  return {'GONE'}
end
if kind ~= 'hash' then return {'BROKEN'} end
local had = redis.call('HMGET', payment, 'st', 'is', 'pf', 'hu')
local state, at, score = had[1], now(), redis.call('ZSCORE', due, member)
if newer(had[2]) then
  -- For newer programs to look at; what they leave for a whole lease must not hide others behind it.
  if score and at > score + leaseMillis then redis.call('ZADD', due, at + leaseMillis, member) end
  return {'NEWER'}
end
if not state then return {'BROKEN'} end
if ended(state) then redis.call('ZREM', due, member); return {'ENDED'} end
local of, _, began, _, operation = had[3] or first, terms(had[2])
if not string.find(platforms, ' ' .. of .. ' ', 1, true) then
  -- For that platform's pods, as above; at last for an operator. 'bad' takes it off the list once it goes on.
  if score and at > score + leaseMillis then redis.call('ZADD', due, at + leaseMillis, member) end
  local late = began and at > began + deadlineMillis + (state == 'OPEN' and 86400000 or 0)
  if late and redis.call('ZADD', attention, 'NX', at, member) == 1 then redis.call('HSETNX', payment, 'bad', 0) end
  return {'FOREIGN', of}
end
-- No due time at all is a fault that a claim repairs: a leased payment always has one.
if score and tonumber(score) > at then return {'NOT_DUE'} end
local later = waits(putOff, of, state, operation, asked, at, began, deadlineMillis)
if later ~= '0' or not score then redis.call('ZADD', due, at + (later or leaseMillis), member) end
if later then return {'PUT_OFF', of} end -- 0: its pod decides which one it looks at
if had[4] then redis.call('HDEL', payment, 'hu') end -- who looks now looks late enough
redis.call('HSET', payment, 'f', token)
return {'CLAIMED', at, read(payment, packed), redis.call('HGET', payment, 'body')}
