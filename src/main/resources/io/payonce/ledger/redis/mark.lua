-- mark: reads how an order stands, or whose name that is
-- KEYS: order archive
-- ARGV: sought
-- returns: MARK mark
local order, archive = unpack(KEYS)
local sought = unpack(ARGV)
shelve(archive, redis.call('GET', archive), now(), sought)
return {'MARK', marked(redis.call('GET', order))}
