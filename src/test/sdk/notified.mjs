// A shop on the platform's official SDK that is notified of a payment's end. The SDK knows no notifications,
// so its own model of a query's answer must be able to read what a notification says.
// Usage: node notified.mjs BASE_URL API_KEY HOOK_PORT SECRET; prints one JSON line.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import sdk from '@sunbay/sunbay-nexus-sdk';

const [baseUrl, apiKey, port, secret] = process.argv.slice(2);
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const client = (url) => new sdk.NexusClient({ apiKey, baseUrl: url, maxRetries: 1, logger: quiet });
const ids = { appId: 'app1', merchantId: 'M0000000001', transactionRequestId: 'pay-sdk-told' };

const listen = (answer, on) =>
  new Promise((ready) => {
    const server = createServer((request, response) => {
      const chunks = [];
      request.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
        response.setHeader('Content-Type', 'application/json');
        response.end(answer(request, Buffer.concat(chunks)));
      });
    }).listen(on, '127.0.0.1', () => ready(server));
  });

let tell;
const told = new Promise((heard) => (tell = heard));
const hook = await listen((request, body) => {
  tell({ headers: request.headers, body });
  return '';
}, Number(port));

const sale = await client(baseUrl).sale({
  ...ids,
  referenceOrderId: 'order-sdk-told',
  amount: { orderAmount: 1999, priceCurrency: 'USD' },
  description: 'a book',
  terminalSn: 'T1',
  notifyUrl: `http://127.0.0.1:${port}/hook`,
  attach: 'sandbox: terminal 500ms',
});
const { headers, body } = await told;
const mine = createHmac('sha256', secret).update(body).digest();
const replay = await listen(() => `{"code":"0","traceId":"t","data":${body}}`, 0);
const read = await client(`http://127.0.0.1:${replay.address().port}`).query(ids);
console.log(
  JSON.stringify({
    answered: sale.transactionStatus.getCode(),
    signed: timingSafeEqual(mine, Buffer.from(headers['x-signature'], 'hex')),
    status: read.transactionStatus.getCode(),
    id: read.transactionRequestId,
    order: read.referenceOrderId,
    transactionId: read.transactionId,
    amount: read.amount.orderAmount,
    completed: read.completeTime,
  }),
);
hook.close();
replay.close();
process.exit(0);
