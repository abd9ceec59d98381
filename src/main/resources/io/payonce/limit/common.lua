-- What every script starts with: Redis' clock, the budget's balance, a merchant's rate.
local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + time[2] / 1000
end

-- Up to the burst it fills with time; what fresh payments earned beyond it fades with time.
local function balanced(budget, at, floorPerSecond, burst, memorySeconds)
  local had = redis.call('HMGET', budget, 'n', 'at')
  burst = tonumber(burst)
  if not had[1] then return burst end
  local balance, seconds = tonumber(had[1]), math.max(0, (at - had[2]) / 1000)
  if balance < burst then return math.min(burst, balance + seconds * floorPerSecond) end
  return burst + (balance - burst) * math.exp(-seconds / memorySeconds)
end

-- Forgotten after ten quiet minutes, when it is full again anyway.
local function kept(budget, at, balance)
  redis.call('HSET', budget, 'n', balance, 'at', at)
  redis.call('PEXPIRE', budget, 600000)
end

-- What a merchant may send a second by now: since its last cut the rate has grown.
local function grown(had, at)
  return had[1] + had[2] * math.max(0, at - had[3]) / 1000
end

local function remembered(rate, merchants, merchant, at, keepMillis)
  redis.call('PEXPIRE', rate, keepMillis)
  redis.call('ZADD', merchants, at + keepMillis, merchant)
end
