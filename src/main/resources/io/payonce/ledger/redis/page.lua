-- page: reads the members of a list after a given one, in the order of their scores
-- KEYS: list
-- ARGV: score member most
-- returns: PAGE membersAndScores
local list = unpack(KEYS)
local score, member, most = unpack(ARGV)
local page, skipped = {}, 0
repeat
  local batch = redis.call('ZRANGEBYSCORE', list, score, '+inf', 'WITHSCORES', 'LIMIT', skipped, most)
  for i = 1, #batch, 2 do
    local after = tonumber(batch[i + 1]) > tonumber(score) or batch[i] > member
    if after and #page < 2 * most then
      page[#page + 1] = batch[i]
      page[#page + 1] = batch[i + 1]
    end
  end
  skipped = skipped + most
until #batch < 2 * most or #page == 2 * most
return {'PAGE', page}
