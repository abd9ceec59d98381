-- page: reads the members of a list after a given one, in the order of their scores
-- KEYS: list
-- ARGV: score member most
-- returns: PAGE membersAndScores
local list = unpack(KEYS)
local score, member, most = unpack(ARGV)
local page, skipped, many = {}, 0, most + 1 -- the given one is among them
repeat
  local batch = redis.call('ZRANGEBYSCORE', list, score, '+inf', 'WITHSCORES', 'LIMIT', skipped, many)
  for i = 1, #batch, 2 do
    local after = tonumber(batch[i + 1]) > tonumber(score) or batch[i] > member
    if after and #page < 2 * most then
      page[#page + 1] = batch[i]
      page[#page + 1] = batch[i + 1]
    end
  end
  skipped = skipped + many
until #batch < 2 * many or #page == 2 * most
return {'PAGE', page}
