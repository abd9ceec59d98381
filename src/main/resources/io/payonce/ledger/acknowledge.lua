-- acknowledge: a person has seen why an ended, or forgotten, payment is before people
-- KEYS: payment attention
-- ARGV: member retentionMillis event
-- says: ACKNOWLEDGED | UNLISTED | UNSETTLED
local payment, attention = unpack(KEYS)
local member, retentionMillis, event = unpack(ARGV)
local had = redis.call('HMGET', payment, 'st', 'log')
if had[1] and not ended(had[1]) then return {'UNSETTLED'} end
if redis.call('ZREM', attention, member) == 0 then return {'UNLISTED'} end
if had[1] then
  if had[1] == 'RELEASED' then redis.call('HDEL', payment, 'oa') end -- the same id may begin again
  redis.call('HSET', payment, 'log', noted(had[2], now(), event))
  -- A contradicted payment was kept until somebody had seen it.
  if redis.call('PTTL', payment) < 0 then redis.call('PEXPIRE', payment, retentionMillis) end
end
return {'ACKNOWLEDGED'}
