-- bury: ends, by an operator's decision, a record that is unreadable or gone; keeps what is left of it
-- KEYS: payment packed due attention tomb order back stray wreck outcomes notice outbox archive
-- ARGV: id member stageSeen fenceSeen orderName outcome print platformId pays keepMillis event own first journalMillis noticeMillis why sought buried
-- returns: BURIED now terms | MOVED | NEWER | NOT_HELD
local payment, packed, due, attention, tomb, order, back, stray, wreck, outcomes, notice, outbox, archive = unpack(KEYS)
local id, member, stageSeen, fenceSeen, orderName, outcome, print, platformId, pays, keepMillis, event, own, first, journalMillis, noticeMillis, why, sought, buried = unpack(ARGV)
local kind = redis.call('TYPE', payment).ok
local had = (kind == 'hash' or kind == 'none') and fetch(payment, packed, 'st', 'f', 'is', 'was', 'for', 'log', 'pf', 'out', 'oa', 'am', 'ap', 'nu', 'h') or {}
if newer(had[3]) then return {'NEWER'} end
had[9] = had[9] or redis.call('HGET', wreck, 'oa') -- what moved for what could not be read stands there
-- Begun again since, or leased by a worker that can read it.
if (had[1] or '') ~= stageSeen or (had[2] or '') ~= fenceSeen then return {'MOVED'} end
shelve(archive, redis.call('GET', archive), now(), sought, buried)
local stood = redis.call('GET', order)
local held, holder = standing(marked(stood))
if kind == 'none' and not had[1] and (held ~= 'held' or holder ~= id) then return {'NOT_HELD'} end
report({outcomes, journalMillis, notice, outbox, noticeMillis, now(), member, '', platformId, why, ''}, ended(had[1]) and 'decided' or 'settled',
  {had[3], had[10], had[9], had[7], had[11], had[12]}, outcome, had[8], had[13])
redis.call('ZREM', due, member)
redis.call('ZREM', attention, member)
redis.call('HDEL', stray, member)
-- What had ended has let go of its order; that it is paid all the same is written to its order now.
if not ended(had[1]) then
  local payer, again = unvoid(back, id, had[5], outcome == 'PAID', keepMillis)
  if pays == '1' or again then pay(order, stood, back, attention, member, id, payer, had[4], '1', keepMillis)
  elseif orderName ~= '' then free(order, stood, id, had[4], keepMillis, had[9]) end
elseif pays == '1' and had[8] ~= 'PAID' then payLate(order, back, attention, member, id, '1', keepMillis) end
if kind == 'hash' or had[1] then
  thaw(payment, packed)
  redis.call('RENAME', payment, wreck)
  redis.call('DEL', packed)
else redis.call('DEL', payment, wreck) end
redis.call('HSET', wreck, 'log', noted(had[6], now(), event))
if had[9] then redis.call('HSET', wreck, 'od', had[9]) end -- the operator has decided what moved
redis.call('PEXPIRE', wreck, keepMillis)
-- A tombstone that says the same says more: which request it was, and under which id.
local stands = ended(had[1]) and string.match(entombed(redis.call('GET', tomb)) or '', '^%u+') == outcome
if outcome ~= 'RELEASED' and not stands then entomb(tomb, outcome, print, platformId, had[7] or own, first, keepMillis) end
return {'BURIED', now(), had[3] or ''}
