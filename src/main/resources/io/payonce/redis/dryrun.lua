-- dryrun: tries commands on a key of its own, and says what Redis has against each
-- KEYS: scratch
-- ARGV: for each command how many words it has, and its words; KEY stands for the key
-- returns: TRIED command error …
local scratch = unpack(KEYS)
local said, at = {'TRIED'}, 1
while ARGV[at] do
  local words = {}
  for i = at + 1, at + ARGV[at] do words[#words + 1] = ARGV[i] == 'KEY' and scratch or ARGV[i] end
  local answer = redis.pcall(unpack(words))
  -- That a key is of another kind, or that there is none, is the answer to those who may do it.
  local err = type(answer) == 'table' and answer.err
  if err and not string.find(err, 'WRONGTYPE', 1, true) and not string.find(err, 'no such key', 1, true) then
    said[#said + 1], said[#said + 2] = words[1], answer.err
  end
  at = at + 1 + ARGV[at]
end
return said
