-- vouch: returns whether the running Redis is the one trusted before; a pod that has seen the count may vouch for a new one
-- KEYS: run lapse epoch
-- ARGV: runId seen
-- returns: KNOWN at epoch | OTHER at epoch
local run, lapse, epoch = unpack(KEYS)
local runId, seen = unpack(ARGV)
local trusted, is = redis.call('GET', run), redis.call('GET', epoch)
local at = redis.call('GET', lapse) or 0
local vouched = tonumber(seen) > 0 and tonumber(is or 0) >= tonumber(seen)
-- Where nothing was ever counted there is nothing to forget.
if trusted ~= runId and not vouched and (trusted or is) then return {'OTHER', at, is or 0} end
if trusted ~= runId then redis.call('SET', run, runId) end
return {'KNOWN', at, is or 0}
