-- look: all that is kept of a payment, and where it is listed
-- KEYS: payment due attention tomb
-- ARGV: member
-- says: SEEN now fields fence fingerprint dueAt attentionSince tombstone body
local payment, due, attention, tomb = unpack(KEYS)
local member = unpack(ARGV)
local more = redis.call('HMGET', payment, 'f', 'fp', 'body')
return {'SEEN', now(), read(payment), more[1], more[2], redis.call('ZSCORE', due, member),
  redis.call('ZSCORE', attention, member), redis.call('GET', tomb), more[3]}
