-- Writes into the archive: only what settles a payment does.

-- How many fields a bucket has, on average, when the next one is made. At half, the keys of the buckets are a tenth of all;
-- at double, a look takes twice as long, and a split half a millisecond.
local CROWD = 80

-- A bucket is cleared when it is written, and was not for so many units: at half, that is a third of what an end costs; at
-- double, a fifth of the memory is what has expired.
local STALE = 2

-- A script hands Redis 8,000 words at a time, and fails half way with more: names that a caller chose may meet so.
local function inParts(verb, bucket, words) -- seldom
  for i = 1, #words, 1000 do redis.call(verb, bucket, unpack(words, i, math.min(i + 999, #words))) end
end

local function twoBytes(text, at)
  return string.byte(text, at) * 256 + string.byte(text, at + 1)
end

local function clear(bucket) -- seldom
  local all, gone = redis.call('HGETALL', bucket), {}
  for i = 1, #all, 2 do
    local field, value = all[i], all[i + 1]
    if #field > 3 and not lives(value, 2) then gone[#gone + 1] = field end
    if #field == 3 then
      local left = ''
      for j = 1, #value, 5 do if lives(value, j + 3) then left = left .. string.sub(value, j, j + 4) end end
      if left == '' then gone[#gone + 1] = field elseif left ~= value then redis.call('HSET', bucket, field, left) end
    end
  end
  inParts('HDEL', bucket, gone)
end

-- Makes room for what lives until then; the bucket lasts as long as all that comes in before it is cleared again.
local function ready(bucket, had, till)
  if not had or (shelf.now - twoBytes(had, 1)) % 65536 >= STALE or (twoBytes(had, 3) - till) % 65536 >= 32768 then
    clear(bucket)
    local lasts = till + STALE + 1
    if had and (twoBytes(had, 3) - lasts) % 65536 < 32768 then lasts = lasts + (twoBytes(had, 3) - lasts) % 65536 end
    redis.call('HSET', bucket, '', stamp(shelf.now) .. stamp(lasts))
    redis.call('PEXPIRE', bucket, (lasts - shelf.now + 1) * shelf.unit)
  end
end

local function note() -- seldom
  local archive = shelf.archive
  redis.call('SET', archive, shelf.buckets .. ' ' .. string.format('%.0f', shelf.unit) .. shelf.platforms)
end

-- A bucket that has lost its end must not lose what it has besides.
local function expire(bucket, left)
  if left >= 0 then redis.call('PEXPIRE', bucket, math.max(1, left)) end
end

-- Half of what the next bucket in turn has goes into a new one. The hash of a name says which of the two it is in.
local function split()
  local new = shelf.buckets
  shelf.full = shelf.full > new and shelf.full or shelf.full * 2
  local bucket, stays, goes = shelf.archive .. ':' .. new - shelf.full / 2, {}, {}
  local all, left = redis.call('HGETALL', bucket), redis.call('PTTL', bucket)
  shelf.buckets = new + 1
  note()
  if #all == 0 then return end
  for i = 1, #all, 2 do
    local field, to = all[i], stays
    if #field > 3 then to = place(tonumber(string.sub(redis.sha1hex(field), 1, 6), 16)) == new and goes or stays
    elseif #field == 3 then to = place(hashed(field)) == new and goes or stays
    else goes[#goes + 1], goes[#goes + 2] = field, all[i + 1] end
    to[#to + 1], to[#to + 2] = field, all[i + 1]
  end
  redis.call('DEL', bucket) -- what is written anew takes less than what is taken out one by one
  inParts('HSET', bucket, stays)
  expire(bucket, left)
  bucket = shelf.archive .. ':' .. new
  redis.call('DEL', bucket)
  inParts('HSET', bucket, goes)
  expire(bucket, left)
end

-- The number of a platform that is not the ledger's first; it gets one. None where there are too many.
local function numbered(platform)
  local at = 0
  for name in string.gmatch(shelf.platforms, '%S+') do
    at = at + 1
    if name == platform then return at end
  end
  if at == 200 or string.find(platform, '%s') or #platform == 0 then return nil end
  shelf.platforms = shelf.platforms .. ' ' .. platform
  note()
  return at + 1
end

-- Where a name leads to; false where there is no room for one more. Whose a transaction is, it stays.
local function point(sought, name, till, part)
  local hash, bucket = string.sub(sought, 1, 3), bucketOf(sought)
  ready(bucket, redis.call('HGET', bucket, ''), till)
  local where = string.sub(name, 1, 3) .. stamp(till)
  if redis.call('HSETNX', bucket, hash, where) == 1 then return true end
  if part == 'transaction' and find(sought) then return nil end
  local wheres = redis.call('HGET', bucket, hash)
  if #wheres + 5 > MOST then return false end
  redis.call('HSET', bucket, hash, wheres .. where)
  return true
end

-- What is over its measure makes room: the next bucket in turn is split. Those that were split in this round have half of
-- what the others have. Who looks at every fourth payment sees it early enough.
local function spread(name)
  if string.byte(name) % 4 > 0 then return end
  local bucket, at = bucketOf(name), place(hashed(name))
  local half = (shelf.full > shelf.buckets and shelf.full or shelf.full * 2) / 2
  local done = shelf.buckets - half
  local most = CROWD * (1 + done / half)
  if at < done or at >= half then most = most / 2 end
  if redis.call('HLEN', bucket) > most then split() end
end

-- Files what is to stay of a payment: says what could not be, and must be written otherwise. An order comes in where it is
-- paid by this payment alone; a transaction where nothing else goes by its name.
local function file(archive, unit, at, keepMillis, name, print, outcome, order, transaction, platformId, platform)
  local rest = {outcome = outcome, order = order, transaction = transaction}
  if unit == '' or not outcome and not order and transaction == '' then return rest end
  if #name < 4 or #name > MOST + 3 or #print ~= 16 then return rest end
  keepMillis = tonumber(keepMillis)
  if not shelf and keepMillis < 2 * unit then return rest end
  if not shelf then
    redis.call('SET', archive, '1 ' .. unit)
    shelve(archive, '1 ' .. unit, at)
  end
  local till = math.floor((at + keepMillis) / shelf.unit) + 1
  -- Units are as long as they were when the archive began: too short for what lasts long, or too long.
  if till - shelf.now > 30000 or keepMillis < 2 * shelf.unit then return rest end
  local bucket, field = bucketOf(name), string.sub(name, 4)
  local of = {until_ = stamp(till), print = string.sub(print, 1, 9), outcome = outcome}
  if platform then of.platform = numbered(platform) end
  if platform and not of.platform then return rest end
  if outcome and platformId ~= '' then of.platformId = platformId end
  local room = MOST - 12 - #(of.platformId or '') - (of.platform and 1 or 0)
  if room < 0 then return rest end
  ready(bucket, redis.call('HGET', bucket, ''), till)
  local left = {}
  for _, part in ipairs({'order', 'transaction'}) do
    local sought = rest[part] or ''
    local fits = #sought > 6 and (part == 'order') == (string.byte(sought, 4) == 0)
    if fits and (part == 'order' or isOf(sought, platform)) then
      local from = 6 + string.byte(sought, 5)
      local short = string.sub(sought, from + extent(sought, from))
      local pointed = #short <= room and point(sought, name, till, part)
      if pointed then of[part], room = short, room - #short end
      left[part] = pointed == false and sought or nil
    else
      left[part] = rest[part]
    end
  end
  local value = written(of)
  if redis.call('HSETNX', bucket, field, value) == 0 then
    -- Begun again since: it is known by what it was before, as long as that lives.
    if lives(redis.call('HGET', bucket, field), 2) then return rest end
    redis.call('HSET', bucket, field, value)
  end
  spread(name)
  return left
end
