-- What the scripts of the outbox start with, after what all scripts start with.

-- The number of the oldest notification of a payment that was not taken; nil when there is none.
local function oldest(notice)
  local least
  for _, field in ipairs(redis.call('HKEYS', notice)) do
    local number = string.match(field, '^%d+$') and tonumber(field)
    if number and (not least or number < least) then least = number end
  end
  return least and string.format('%.0f', least)
end

-- Whoever works on a notification works on this one: one that was taken or given up has another name.
local function isStill(notice, uuid)
  return redis.call('HGET', notice, 'uuid') == uuid
end

-- The notification is done with; the next one of its payment is due now.
local function leave(notice, outbox, failing, member, number, at)
  redis.call('HDEL', notice, number, 'uuid', 'tries', 'why', 'from')
  redis.call('ZREM', failing, member)
  if oldest(notice) then
    redis.call('ZADD', outbox, at, member)
    return true
  end
  redis.call('ZREM', outbox, member)
  return false
end

-- A line for the payment's timeline, where there still is one.
local function tell(payment, packed, at, event)
  local had = redis.call('HMGET', payment, 'st', 'log')
  if had[1] then redis.call('HSET', payment, 'log', noted(had[2], at, event)) else relog(packed, at, event) end
end
