-- A payment that has ended is one string, under a key of its own, for as long as it is kept: as a hash of a dozen fields
-- it takes twice the memory. Who only reads it takes either form; who changes it thaws it first. In front stand version,
-- outcome, begin, wait budget and lengths, the values follow, the answer last. It has all that the hash had.

-- How its front is written.
local function front() -- seldom
  return '>BBI6I4BBBBBBBI2I2'
end

-- What stays the same for a whole life is one field, 64 bytes each less than many; FixedFields.java reads it too:
-- version, time of the begin, wait budget, operation, fingerprint, name of the order.
local function terms(is)
  return string.match(is or '', '^(%d+) (%d+) (%d+) (%S+) (%S+) (.*)$')
end

-- The version of what begins with this operation: an operator's is written with its terms, which the first cannot read.
local function version(operation)
  return string.find(operation, '=', 1, true) and '2' or '1'
end

-- Whether a newer program wrote it.
local function newer(is)
  local form = string.match(is or '', '^%d+')
  return form and form ~= '1' and form ~= '2'
end

-- A long life keeps its beginning (1 KB) and its end (2 KB), in whole lines.
local function noted(log, at, event) -- seldom
  log = (log or '') .. at .. ' ' .. event .. '\n'
  if #log <= 3072 then return log end
  return string.match(string.sub(log, 1, 1024), '^.*\n') .. string.match(string.sub(log, -2048), '\n(.*)$')
end

-- What few payments have, each under its number here: names are added at the end only.
local function rarely() -- seldom
  return {'nu', 'it', 'n', 'ab', 'fp', 'shut', 'was', 'for', 'od', 'bad'}
end

-- Times of a timeline are kept as what has passed since the line before.
local function briefly(log, begun)
  local brief, before = '', begun
  for at, line in string.gmatch(log, '(%d+) ([^\n]*\n)') do
    brief, before = brief .. at - before .. ' ' .. line, at
  end
  return brief
end

local function fully(brief, begun) -- seldom
  local log, at = '', begun
  for passed, line in string.gmatch(brief, '(%-?%d+) ([^\n]*\n)') do
    at = at + passed
    log = log .. string.format('%.0f', at) .. ' ' .. line
  end
  return log
end

-- The same with one more line: nearly always that is the second one.
local function plus(log, begun, at, event)
  local lines = log and string.find(log, '\n', 1, true) == #log and string.sub(log, 1, #begun) == begun and '0' .. string.sub(log, #begun + 1)
  if not lines then return briefly(noted(log, at, event), begun) end
  return lines .. at - begun .. ' ' .. event .. '\n'
end

-- Packs a settled payment; nothing where it has more than fits into this form. Of the first platform's it does not say
-- so, and a fingerprint that Java could tell is kept in its 16 bytes. What settle.lua has read comes in its order.
local function pack(print, first, out, history, answer, at, event, had, begun, wait, operation, request, order)
  local shown, rest, amount, of, app = #print == 16 and print or request, '', had[11], had[9] ~= first and had[9] or '', had[12] or ''
  if had[13] or had[16] or had[17] or had[18] or had[19] or had[20] or had[5] or had[8] or had[21] or had[7] then
    for i, from in ipairs({13, 16, 17, 18, 19, 20, 5, 8, 21, 7}) do
      if had[from] then rest = rest .. string.char(i) .. struct.pack('>I2', #had[from]) .. had[from] end
    end
  end
  local brief = plus(had[6], begun, at, event)
  local small = #operation < 255 and #shown < 255 and #order < 255 and #history < 255 and #(amount or '') < 255 and #of < 255 and #app < 255
  if not small or string.match(had[4], '^%d+') ~= version(operation) or tonumber(wait) > 4294967295 or #brief > 65535 or #rest > 65535 then return nil end
  return struct.pack(front(), 1, string.byte(out), begun, wait, #operation, print == shown and 0 or #shown, #order, #history,
    amount and #amount or 255, #of, #app, #brief, #rest) .. operation .. shown .. order .. history .. (amount or '') .. of .. app .. brief .. rest .. answer
end

-- So many letters, six bits each: base64 for URLs.
local function lettered(bytes, letters) -- seldom
  local text, bits, left = {}, 0, 0
  for i = 1, #bytes + 1 do
    bits, left = bits * 256 + (string.byte(bytes, i) or 0), left + 8
    while left >= 6 and #text < letters do
      local at = math.floor(bits / 2 ^ (left - 6))
      bits, left = bits - at * 2 ^ (left - 6), left - 6
      text[#text + 1] = string.sub('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', at + 1, at + 1)
    end
  end
  return table.concat(text)
end

-- A fingerprint as records and tombstones spell it.
local function spelled(print) -- seldom
  return lettered(print, 22)
end

-- A fingerprint in its bytes has no length, and 255 stands for an amount that the record does not have.
local function sizeof(sizes, i) -- seldom
  return i == 6 and sizes[i] == 0 and 16 or i == 9 and sizes[i] == 255 and 0 or sizes[i]
end

-- All fields by their names, as the hash had them.
local function unpacked(value) -- seldom
  local sizes = {struct.unpack(front(), value)}
  local letter, begun, wait, at, parts = string.char(sizes[2]), sizes[3], sizes[4], sizes[14], {}
  for i = 5, 13 do
    local size = sizeof(sizes, i)
    parts[i] = string.sub(value, at, at + size - 1)
    at = at + size
  end
  local of = {st = 'SETTLED', out = letter == 'P' and 'PAID' or letter == 'U' and 'UNPAID' or letter == 'R' and 'REFUSED' or nil, h = parts[8],
    is = string.format('%s %.0f %.0f %s %s %s', version(parts[5]), begun, wait, parts[5], sizes[6] == 0 and spelled(parts[6]) or parts[6], parts[7]), log = fully(parts[12], begun),
    am = sizes[9] < 255 and parts[9] or nil, pf = sizes[10] > 0 and parts[10] or nil, ap = sizes[11] > 0 and parts[11] or nil,
    ans = string.sub(value, at)}
  local rest, next, names = parts[13], 1, rarely()
  while next <= #rest do
    local field, size = struct.unpack('>BI2', rest, next)
    of[names[field]] = string.sub(rest, next + 3, next + 2 + size)
    next = next + 3 + size
  end
  return of
end

-- What cannot be read is there all the same: whoever reads on finds that it is newer, or does not say what it is. No
-- form will have a number of 32 or more.
local function opened(value) -- seldom
  local form = string.byte(value)
  local opens, of = pcall(unpacked, value)
  if form == 1 and opens then return of end
  return {st = 'SETTLED', is = form and form > 1 and form < 32 and '99 ' or nil, raw = value}
end

local function among(of, ...) -- seldom
  local had = {...}
  for i, field in ipairs(had) do had[i] = of[field] or false end
  return had
end

-- These fields of a record, whichever form it has; the first must be one that every record has. Both forms at once are
-- none that we write; then the hash is the one that lives.
local function fetch(payment, packed, ...)
  local had = redis.call('HMGET', payment, ...)
  local value = not had[1] and redis.call('GET', packed)
  return value and among(opened(value), ...) or had
end

-- Keeps what is settled: as one string where there is one, else as the hash that it was.
local function conclude(payment, packed, whole, retentionMillis, outcome, answer, history, log, at, event, otherAmount)
  if whole then
    redis.call('DEL', payment) -- first, so that what is written fits into the room of it
    redis.call('SET', packed, whole, 'PX', retentionMillis)
  else
    redis.call('HDEL', payment, 'f', 'b', 'body', 'pa') -- first, as above
    redis.call('HSET', payment, 'st', 'SETTLED', 'out', outcome, 'ans', answer, 'h', history, 'log', noted(log, at, event))
    if outcome ~= 'PAID' and otherAmount then redis.call('HSET', payment, 'od', otherAmount) end -- only an operator can say so
  end
end

-- One more line for the timeline of what is packed; what this program cannot read stays as it is.
local function relog(packed, at, event)
  local value = redis.call('GET', packed)
  local log = value and opened(value).log
  if not log then return end
  local sizes, from = {struct.unpack(front(), value)}, 24
  for i = 5, 11 do from = from + sizeof(sizes, i) end
  local brief = briefly(noted(log, at, event), sizes[3])
  redis.call('SET', packed, string.sub(value, 1, 19) .. struct.pack('>I2', #brief) .. string.sub(value, 22, from - 1) .. brief
    .. string.sub(value, from + sizes[12]), 'KEEPTTL')
end

-- Turns it back into the hash, for as long as it had still to live. Where a hash lives, that one is the record.
local function thaw(payment, packed) -- seldom
  local value = redis.call('GET', packed)
  if not value or redis.call('HEXISTS', payment, 'st') == 1 then return end
  local fields, left = {}, redis.call('PTTL', packed)
  for field, text in pairs(opened(value)) do fields[#fields + 1], fields[#fields + 2] = field, text end
  redis.call('HSET', payment, unpack(fields))
  -- In its last millisecond that is 0, which would delete what the caller goes on with.
  if left >= 0 then redis.call('PEXPIRE', payment, math.max(1, left)) end
  redis.call('DEL', packed)
end
