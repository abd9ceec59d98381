-- lost: what was given up of a payment; where nothing is left of it, it leaves the list
-- KEYS: notice undelivered
-- ARGV: member
-- returns: LOST since tries why url said | NOTHING
local notice, undelivered = unpack(KEYS)
local member = unpack(ARGV)
local had = redis.call('HMGET', notice, 'losttries', 'lostwhy', 'url', 'lost')
if not had[4] then
  redis.call('ZREM', undelivered, member)
  return {'NOTHING'}
end
return {'LOST', redis.call('ZSCORE', undelivered, member), had[1], had[2], had[3], had[4]}
