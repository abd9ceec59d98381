-- peek: reads which keys a record is sealed with; a value that names none is returned whole
-- KEYS: payment packed
-- ARGV: headBytes
-- returns: PEEKED stage terms body answer url
local payment, packed = unpack(KEYS)
local headBytes = unpack(ARGV)
local had = fetch(payment, packed, 'st', 'is', 'body', 'ans', 'nu')
for i = 3, 5 do
  if had[i] and string.byte(had[i]) == 2 then had[i] = string.sub(had[i], 1, headBytes) end
end
return {'PEEKED', had[1], had[2], had[3], had[4], had[5]}
