-- leave: takes a pod's announcement away
-- KEYS: pods
-- ARGV: pod
-- says: LEFT
local pods = unpack(KEYS)
local pod = unpack(ARGV)
redis.call('HDEL', pods, pod)
return {'LEFT'}
