-- What stays of an ended payment, in small hashes ("buckets"), each of which Redis keeps as one piece of memory. They are
-- the table of a linear hashing: as payments come in, one bucket after the other gives half of what it has to a new one,
-- so a look costs one bucket however many there are. ArchiveName.java makes the names. In a bucket stand
--   owner and id, packed whole: what it says (outcome, and what follows), until, nine bytes of the fingerprint, [order],
--     [transaction], [id at the platform], [platform]
--   three bytes of the hash of an order's or transaction's name: where its payment is (three bytes of that one's hash),
--     until; as often as need be. It only says where to look: what is found is compared whole
--   nothing: when the bucket was last cleared, and how long it lasts.
-- Times are counted in units of a day, or of an eighth of the keep time where that is shorter. Keys of buckets are made of
-- the archive's own, which is in KEYS, and so in the same slot; nothing else makes keys.

local OUTCOMES = {'PAID', 'UNPAID', 'REFUSED'}

-- No value of a small hash may be longer (hash-max-listpack-value), or all of it takes ten times the memory.
local MOST = 64

-- What this script looks into; nil while there is no archive.
local shelf

local function stamp(unit)
  return struct.pack('>I2', unit % 65536)
end

-- The archive as it stands: how many buckets, how long a unit is, and the names of platforms besides the first; and which
-- order and which payment of it this script is about.
local function shelve(archive, state, at, sought, buried)
  local buckets, unit, platforms = string.match(state or '', '^(%d+) (%d+)(.*)$')
  if not buckets then return end
  local full = 1
  buckets = tonumber(buckets)
  while full < buckets do full = full * 2 end
  shelf = {archive = archive, buckets = buckets, full = full, unit = tonumber(unit), platforms = platforms,
    sought = sought or '', buried = buried or '', now = math.floor(at / unit)}
end

local function place(hash)
  local at = hash % shelf.full
  return at < shelf.buckets and at or at - shelf.full / 2
end

local function hashed(name)
  local first, second, third = string.byte(name, 1, 3)
  return first * 65536 + second * 256 + third
end

local function bucketOf(name)
  return shelf.archive .. ':' .. place(hashed(name))
end

-- What has expired is not there any more, whether or not it has been cleared away.
local function lives(text, at)
  local high, low = string.byte(text, at, at + 1)
  local left = (high * 256 + low - shelf.now) % 65536
  return left > 0 and left < 32768
end

-- How long the packed name is that begins there, its head included: as it is, in six bits a letter, or a UUID.
local function extent(text, at) -- seldom
  local form = string.byte(text, at)
  if form < 64 then return 1 + form end
  return form < 128 and 1 + math.ceil((form - 64) * 3 / 4) or 17
end

local function plain(name) -- seldom
  local form, rest = string.byte(name), string.sub(name, 2)
  if form < 64 then return rest end
  if form < 128 then return lettered(rest, form - 64) end
  local hex = string.gsub(rest, '.', function(byte) return string.format('%02x', string.byte(byte)) end)
  return (string.gsub(hex, '^(%x%x%x%x%x%x%x%x)(%x%x%x%x)(%x%x%x%x)(%x%x%x%x)', '%1-%2-%3-%4-'))
end

local function entry(value) -- seldom
  local what, at, of = string.byte(value), 13, {until_ = string.sub(value, 2, 3), print = string.sub(value, 4, 12)}
  of.outcome = OUTCOMES[what % 4]
  for i, part in ipairs({'order', 'transaction', 'platformId'}) do
    if math.floor(what / 2 ^ (i + 1)) % 2 == 1 then
      local size = extent(value, at)
      of[part], at = string.sub(value, at, at + size - 1), at + size
    end
  end
  of.platform = what >= 32 and string.byte(value, at) or nil
  return of
end

local function written(of) -- seldom
  local what = of.outcome == 'PAID' and 1 or of.outcome == 'UNPAID' and 2 or of.outcome == 'REFUSED' and 3 or 0
  what = what + (of.order and 4 or 0) + (of.transaction and 8 or 0) + (of.platformId and 16 or 0) + (of.platform and 32 or 0)
  return string.char(what) .. of.until_ .. of.print .. (of.order or '') .. (of.transaction or '') .. (of.platformId or '')
    .. (of.platform and string.char(of.platform) or '')
end

-- The platform of that number; the first one has none.
local function platformOf(wanted) -- seldom
  local at = 0
  for name in string.gmatch(wanted and shelf.platforms or '', '%S+') do
    at = at + 1
    if at == wanted then return name end
  end
end

-- What is kept under the whole name of the payment, as it was written.
local function kept()
  local name = shelf and shelf.buried or ''
  if #name < 4 then return end
  local bucket = bucketOf(name)
  local value = redis.call('HGET', bucket, string.sub(name, 4))
  return value and lives(value, 2) and value or nil
end

-- The tombstone of the payment, as entomb writes it, with a fingerprint that begins so: one under a key of its own goes before the archive.
local function entombed(mark)
  local value = not mark and kept()
  if value then
    local of = entry(value)
    if not of.outcome then return mark end
    local platform = platformOf(of.platform)
    return of.outcome .. ' ' .. lettered(of.print, 12) .. '* ' .. (of.platformId and plain(of.platformId) or '') .. (platform and ' ' .. platform or '')
  end
  return mark
end

-- Whether a transaction's name is one that this platform gave; all its accounts share them.
local function isOf(sought, platform) -- seldom
  if not platform then return string.byte(sought, 4) == 1 end
  return string.match(platform, '^[^/]*') == string.sub(sought, 6, 5 + string.byte(sought, 5))
end

-- The payment that has paid the order, or has the transaction: of the same owner, and of the same name, compared whole.
local function find(sought)
  local bucket = bucketOf(sought)
  local wheres = redis.call('HGET', bucket, string.sub(sought, 1, 3))
  if wheres then
    local part, from = string.byte(sought, 4) == 0 and 'order' or 'transaction', 6 + string.byte(sought, 5)
    local size = extent(sought, from)
    local owner, name = string.sub(sought, from, from + size - 1), string.sub(sought, from + size)
    for i = 1, #wheres, 5 do
      bucket = bucketOf(string.sub(wheres, i, i + 2))
      local all = lives(wheres, i + 3) and redis.call('HGETALL', bucket) or {}
      for j = 1, #all, 2 do
        local of = #all[j] > 3 and string.sub(all[j], 1, size) == owner and lives(all[j + 1], 2) and entry(all[j + 1])
        if of and of[part] == name and (part == 'order' or isOf(sought, platformOf(of.platform))) then
          return {bucket = bucket, name = all[j], of = of, part = part, id = plain(string.sub(all[j], size + 1))}
        end
      end
    end
  end
end

-- How the order stands, or whose name it is: what is written under the order itself goes before the archive.
local function marked(mark)
  if mark or not shelf or #shelf.sought < 7 then return mark end
  shelf.found, shelf.looked = find(shelf.sought), true
  return shelf.found and (shelf.found.part == 'order' and 'paid:' or 'alias:req:') .. shelf.found.id or mark
end

-- A tombstone that is about to be written itself is the archive's no more.
local function exhume() -- seldom
  local value = kept()
  if value then
    local of = entry(value)
    if not of.outcome then return end
    of.outcome = nil
    local bucket = bucketOf(shelf.buried)
    redis.call('HSET', bucket, string.sub(shelf.buried, 4), written(of))
  end
end

-- The same of an order: how it stands is in one place only.
local function unmark()
  if not shelf or #shelf.sought < 7 then return end
  local found = shelf.found or not shelf.looked and find(shelf.sought)
  if found and found.part == 'order' then
    local bucket = found.bucket
    found.of.order, shelf.found, shelf.looked = nil, nil, true
    redis.call('HSET', bucket, found.name, written(found.of))
  end
end
