-- Unique payments for wrk. Arguments after --: a prefix that no other run has, mean pause in ms.
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set('number', threads)
end

local path = '/v1/semi-integration/transaction/sale'
local headers = {
  ['Content-Type'] = 'application/json',
  ['Authorization'] = 'Bearer pk_bench',
  ['Accept'] = 'application/json',
  ['User-Agent'] = 'checkout/1.0',
}
local body = '{"appId":"app1","merchantId":"M%010d","referenceOrderId":"o%s","transactionRequestId":"t%s",'
  .. '"amount":{"orderAmount":1999,"priceCurrency":"USD"},"description":"two books and a pen","terminalSn":"T0001"}'

function init(args)
  math.randomseed(tonumber(args[3] or '1') + number)
  prefix = args[1] .. 'w' .. number .. 'n'
  counter = 0
  local pause = tonumber(args[2] or '0')
  if pause > 0 then
    delay = function() return math.random(0, 2 * pause) end
  end
end

function request()
  counter = counter + 1
  local id = prefix .. counter
  return wrk.format('POST', path, headers, string.format(body, counter % 50, id, id))
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'RESULT requests=%d micros=%d failed=%d p50=%.0f p90=%.0f p99=%.0f p999=%.0f max=%.0f\n',
    summary.requests, summary.duration,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50), latency:percentile(90), latency:percentile(99), latency:percentile(99.9), latency.max))
end
