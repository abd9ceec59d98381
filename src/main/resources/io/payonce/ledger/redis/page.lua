-- page: reads the members of a list after a given one, in the order of their scores
-- KEYS: list
-- ARGV: score member most
-- returns: PAGE membersAndScores
local list = unpack(KEYS)
local score, member, most = unpack(ARGV)
local from = rank(list, score, member)
return {'PAGE', redis.call('ZRANGE', list, from, from + most - 1, 'WITHSCORES')}
