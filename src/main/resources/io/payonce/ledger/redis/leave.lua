-- leave: removes a pod's announcement
-- KEYS: pods
-- ARGV: pod
-- returns: LEFT
local pods = unpack(KEYS)
local pod = unpack(ARGV)
redis.call('HDEL', pods, pod)
return {'LEFT'}
