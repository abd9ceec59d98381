-- What every script starts with: Redis' clock, reading a record, its timeline, freeing an order.
local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- Everything but the caller's bytes; Row.java reads it in this order. 'pa' is how far the platform's clock was
-- ahead of this one at the last intent.
local function read(payment)
  return redis.call('HMGET', payment,
    'st', 'out', 'h', 'ab', 'it', 'n', 'ans', 'log', 'is', 'pa')
end

-- What stays the same for a whole life is one field, 64 bytes each less than many; Terms.java reads it too:
-- version, time of the begin, wait budget, operation, fingerprint, name of the order.
local function terms(is)
  return string.match(is or '', '^(%d+) (%d+) (%d+) (%S+) (%S+) (.*)$')
end

-- Whether a record is of one of these requests: by the fingerprint it has, or by the one it has besides.
local function same(prints, request, besides)
  return request and string.find(prints, ' ' .. request .. ' ', 1, true)
    or besides and string.find(prints, ' ' .. besides .. ' ', 1, true)
end

local function ended(stage)
  return stage == 'SETTLED' or stage == 'RELEASED'
end

-- A payment that nobody works on has the fence '-', which opens nothing.
local function holds(fence, shown)
  return fence == shown and #shown > 1
end

-- A long life keeps its beginning (1 KB) and its end (2 KB), in whole lines.
local function noted(log, at, event)
  log = (log or '') .. at .. ' ' .. event .. '\n'
  if #log <= 3072 then return log end
  return string.match(string.sub(log, 1, 1024), '^.*\n') .. string.match(string.sub(log, -2048), '\n(.*)$')
end

-- One more name under which the payment may be asked for; another's that stands there already stays.
local function name(alias, given, id, keepMillis)
  local is = 'alias:req:' .. id
  if given ~= '' and not redis.call('SET', alias, is, 'PX', keepMillis, 'NX') and redis.call('GET', alias) == is then
    redis.call('PEXPIRE', alias, keepMillis)
  end
end

-- Gives back what the order was before: free, or paid by somebody while this one only looked after it.
local function free(order, id, was, keepMillis)
  if redis.call('GET', order) ~= 'held:' .. id then return end
  if was and was ~= '' then redis.call('SET', order, was, 'PX', keepMillis) else redis.call('DEL', order) end
end

-- Copies of this tip may take effect until then, by this clock and the platform's, whether or not it has ended by then.
local function linger(tail, id, until_, platformUntil)
  redis.call('SET', tail, 'late:' .. id .. ' ' .. until_ .. ' ' .. platformUntil, 'PX', 86400000)
end

-- Whose copies may still take effect; nil when nobody's.
local function lingering(mark, at, platformAt)
  local id, last, platformLast = string.match(mark or '', '^late:(.*) (%d+) (%d+)$')
  return id and (at < tonumber(last) or tonumber(platformAt) < tonumber(platformLast)) and id or nil
end
