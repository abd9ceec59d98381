-- salvage: reads what is left of a broken or missing record; from now on it is noticed
-- KEYS: payment packed attention stray tomb archive wreck
-- ARGV: member buried
-- returns: SALVAGED now kind stage token terms outcome history intentAt platform amount noticedAt stray otherAmount
local payment, packed, attention, stray, tomb, archive, wreck = unpack(KEYS)
local member, buried = unpack(ARGV)
local kind, at = redis.call('TYPE', payment).ok, now()
redis.call('ZADD', attention, 'NX', at, member)
if kind == 'none' and redis.call('EXISTS', packed) == 1 then kind = 'hash' end -- what it once was
local had = kind == 'hash' and fetch(payment, packed, 'st', 'f', 'is', 'out', 'h', 'it', 'pf', 'am', 'oa') or {}
-- How it ended, and what was answered, its tombstone says, too.
if ended(had[1]) and not had[4] then
  shelve(archive, redis.call('GET', archive), at, nil, buried)
  had[4] = string.match(entombed(redis.call('GET', tomb)) or '', '^%u+')
end
-- What moved for what cannot be read stands beside it, until an operator has decided.
local beside = redis.call('HMGET', wreck, 'oa', 'od')
had[9] = had[9] or beside[1] ~= beside[2] and beside[1]
for i = 1, 9 do had[i] = had[i] or '' end
return {'SALVAGED', at, kind, had[1], had[2], had[3], had[4], had[5], had[6], had[7], had[8],
  redis.call('ZSCORE', attention, member), redis.call('HGET', stray, member) or '', had[9]}
