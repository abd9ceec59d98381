-- What a payment costs where nobody spared any trouble: nginx, LuaJIT and Redis. Auth, parsing and checks, one script
-- that locks the order and writes record, journal and due time, HMAC, the platform, one script that settles, and
-- the platform's bytes. It does not seal, confirm, resend, limit, count, or answer a repeat in all its ways.
local cjson = require 'cjson.safe'
local redis = require 'nginx.redis'
local ffi = require 'ffi'
ffi.cdef[[
const void *EVP_sha256(void);
unsigned char *HMAC(const void *md, const void *key, int length, const char *data, size_t n, unsigned char *out, unsigned int *size);
]]
-- nginx itself is linked with it.
local crypto = ffi.load('libcrypto.so.3')

local proxy = {}
local host, port
local SECRET = 'a secret of the benchmark'
local KEYS = { ['Bearer pk_bench'] = 'bench' }
local digest, size = ffi.new('unsigned char[32]'), ffi.new('unsigned int[1]')

local COMMON = [[
local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
]]

local BEGIN = COMMON .. [[
local payment, order, due, tomb = unpack(KEYS)
local id, member, token, print, operation, body, amount, wait, lease = unpack(ARGV)
local at, had = now(), redis.call('HMGET', payment, 'st', 'print', 'answer')
if had[1] then return {had[2] == print and 'KNOWN' or 'OTHER', had[1], had[3]} end
local marks = redis.call('MGET', tomb, order)
if marks[1] then return {'LATE', marks[1]} end
if marks[2] then return {'TAKEN', marks[2]} end
redis.call('HSET', payment, 'st', 'SENDING', 'h', '1.1.0.', 'f', token, 'print', print, 'op', operation, 'body', body,
  'am', amount, 'wait', wait, 'log', at .. ' begun\n')
redis.call('SET', order, 'held:' .. id)
redis.call('ZADD', due, at + lease, member)
return {'BEGUN', at}
]]

local SETTLE = COMMON .. [[
local payment, order, due, tomb, alias, outcomes = unpack(KEYS)
local id, member, token, outcome, answer, transaction, keep, remember = unpack(ARGV)
local at, had = now(), redis.call('HMGET', payment, 'f', 'log', 'am', 'print')
if had[1] ~= token then return {'STALE'} end
redis.call('XADD', outcomes, 'MINID', '~', at - remember, '*', 'm', member, 'out', outcome, 'am', had[3], 't', transaction)
redis.call('HDEL', payment, 'f', 'body')
redis.call('HSET', payment, 'st', 'SETTLED', 'out', outcome, 'answer', answer, 'log', had[2] .. at .. ' settled\n')
redis.call('PEXPIRE', payment, keep)
redis.call('ZREM', due, member)
redis.call('SET', order, 'paid:' .. id, 'PX', remember)
redis.call('SET', tomb, outcome .. ' ' .. had[4], 'PX', remember)
redis.call('SET', alias, id, 'PX', keep)
return {'SETTLED', at}
]]

local shas = {}

local function hex(bytes, n)
  return (string.gsub(ffi.string(bytes, n), '.', function(byte) return string.format('%02x', string.byte(byte)) end))
end

local function hmac(text)
  crypto.HMAC(crypto.EVP_sha256(), SECRET, #SECRET, text, #text, digest, size)
  return hex(digest, 32)
end

local function connect()
  local connection = redis:new()
  connection:set_timeout(2000)
  local ok, why = connection:connect(host, port)
  return ok and connection or nil, why
end

-- EVALSHA, and the script itself where Redis does not know it yet.
local function run(name, script, ...)
  local connection, why = connect()
  if not connection then return nil, why end
  local said, fault = connection:evalsha(shas[name], ...)
  if not said and fault and string.find(fault, 'NOSCRIPT', 1, true) then
    said, fault = connection:eval(script, ...)
  end
  connection:set_keepalive(60000, 512)
  return said, fault
end

local function answer(code, message)
  ngx.header['Content-Type'] = 'application/json'
  ngx.print(cjson.encode({ code = code, msg = message, traceId = ngx.var.request_id }))
end

local function isText(value, most)
  return type(value) == 'string' and #value > 0 and #value <= most
end

local function fault(sale)
  if type(sale) ~= 'table' then return 'not JSON' end
  if not isText(sale.appId, 32) or not isText(sale.merchantId, 32) then return 'appId or merchantId is missing' end
  if not isText(sale.transactionRequestId, 32) then return 'transactionRequestId is missing' end
  if not isText(sale.referenceOrderId, 64) then return 'referenceOrderId is missing' end
  if type(sale.amount) ~= 'table' or type(sale.amount.orderAmount) ~= 'number' or sale.amount.orderAmount <= 0
    or not isText(sale.amount.priceCurrency, 3) then return 'amount is missing' end
end

function proxy.init(redisPort)
  host, port = '127.0.0.1', redisPort
  shas.BEGIN, shas.SETTLE = proxy.sha(BEGIN), proxy.sha(SETTLE)
end

function proxy.sha(script)
  local out = ffi.new('unsigned char[20]')
  ffi.cdef 'unsigned char *SHA1(const char *data, size_t n, unsigned char *out);'
  crypto.SHA1(script, #script, out)
  return hex(out, 20)
end

function proxy.pay()
  local client = KEYS[ngx.var.http_authorization]
  if not client then return answer('S10', 'the key in Authorization is missing or unknown') end
  ngx.req.read_body()
  local body = ngx.req.get_body_data()
  local sale = body and cjson.decode(body)
  local wrong = fault(sale)
  if wrong then return answer('C01', wrong) end
  local id, merchant = sale.transactionRequestId, sale.merchantId
  local shard = '{s' .. ngx.crc32_short(merchant) % 256 .. '}'
  local base = 'lua:' .. shard
  local member = merchant .. '/' .. id
  local payment = base .. ':payment:' .. member
  local order = base .. ':order:' .. merchant .. '/' .. sale.referenceOrderId
  local due, tomb = base .. ':due', base .. ':tomb:' .. member
  local amount = sale.amount.orderAmount .. ' ' .. sale.amount.priceCurrency
  local token = ngx.var.request_id
  local begun, why = run('BEGIN', BEGIN, 4, payment, order, due, tomb, id, member, token, hmac(body), 'sale', body, amount,
    20000, 15000)
  if not begun then return answer('E01', 'payment ledger unavailable: ' .. tostring(why)) end
  if begun[1] == 'KNOWN' and begun[2] == 'SETTLED' then
    ngx.header['Content-Type'] = 'application/json'
    return ngx.print(begun[3])
  end
  if begun[1] ~= 'BEGUN' then return answer('C08', 'under way') end
  local at = string.format('%.0f', ngx.now() * 1000)
  local signature = hmac('POST\n' .. ngx.var.uri .. '\n' .. at .. '\n' .. token .. '\n' .. body)
  local said = ngx.location.capture('/platform' .. ngx.var.uri, {
    method = ngx.HTTP_POST, body = body, args = 'request=' .. token .. '&at=' .. at .. '&signature=' .. signature })
  local result = said.status == 200 and cjson.decode(said.body)
  if not result or result.code ~= '0' or not result.data or result.data.transactionStatus ~= 'S' then
    return answer('E02', 'the outcome is not known') -- a real one would confirm it now
  end
  local settled = run('SETTLE', SETTLE, 6, payment, order, due, tomb,
    base .. ':alias:' .. merchant .. '/' .. result.data.transactionId, base .. ':outcomes', id, member, token, 'PAID',
    said.body, result.data.transactionId, 86400000, 604800000)
  if not settled or settled[1] ~= 'SETTLED' then return answer('E02', 'the outcome is not written') end
  ngx.header['Content-Type'] = 'application/json'
  ngx.header['Payonce-Source'] = 'platform'
  ngx.print(said.body)
end

return proxy
