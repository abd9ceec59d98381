// A checkout service on the platform's official SDK. Only baseUrl tells it from one without Payonce.
// Usage: node checkout.mjs BASE_URL API_KEY; prints one JSON line a call.
import sdk from '@sunbay/sunbay-nexus-sdk';

const [baseUrl, apiKey] = process.argv.slice(2);
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const client = (key) => new sdk.NexusClient({ apiKey: key, baseUrl, maxRetries: 1, logger: quiet });
const nexus = client(apiKey);

const shop = { appId: 'app1', merchantId: 'M0000000001' };
const till = { description: 'a book', terminalSn: 'T1' };
const usd = (orderAmount) => ({ orderAmount, priceCurrency: 'USD' });

const sale = (name, more = {}) => ({
  ...shop,
  ...till,
  referenceOrderId: `order-${name}`,
  transactionRequestId: `pay-${name}`,
  amount: usd(1999),
  ...more,
});
const online = (name, more = {}) => ({ ...sale(name), paymentMethod: 'GOOGLE_PAY', cardEncryptedData: 'opaque', ...more });
const follow = (name, original, more = {}) => ({
  ...shop,
  ...till,
  transactionRequestId: `pay-${name}`,
  originalTransactionRequestId: `pay-${original}`,
  ...more,
});
const asked = (name) => ({ ...shop, transactionRequestId: `pay-${name}` });

const rest = (millis) => new Promise((rested) => setTimeout(rested, millis));
const letter = (status) => (status && typeof status.getCode === 'function' ? status.getCode() : status);

async function call(name, promise) {
  const line = { call: name };
  try {
    const answer = await promise;
    line.code = answer.code;
    line.status = letter(answer.transactionStatus);
    line.id = answer.transactionRequestId;
    line.resultCode = answer.transactionResultCode;
    line.checkoutUrl = answer.checkoutUrl;
    line.batches = answer.batchList && answer.batchList.length;
    line.transactionId = answer.transactionId;
  } catch (error) {
    line.error = error.name;
    line.code = error.code;
    line.message = error.message;
    line.traceId = error.traceId;
  }
  console.log(JSON.stringify(line));
  return line;
}

const paid = await call('sale', nexus.sale(sale('sale')));
await call('sale again', nexus.sale(sale('sale')));
await call('query', nexus.query(asked('sale')));
await call('query by transactionId', nexus.query({ ...shop, transactionId: paid.transactionId }));
await call('another payment of the order', nexus.sale(sale('sale', { transactionRequestId: 'pay-other' })));
await call('same id, other amount', nexus.sale(sale('sale', { amount: usd(1) })));
await call('refund', nexus.refund(follow('refund', 'sale', { amount: usd(999) })));
await call('refund of more than is left', nexus.refund(follow('refund2', 'sale', { amount: usd(1500) })));

await call('direct payment', nexus.checkoutDirectPayment(online('direct')));
await call('query direct payment', nexus.query(asked('direct')));
await call('online refund', nexus.onlineRefund(follow('online-refund', 'direct', { amount: usd(500) })));

await call('sale to void', nexus.sale(sale('void')));
await call('void', nexus.voidTransaction(follow('voided', 'void')));

await call('auth', nexus.auth(sale('auth')));
await call('incremental auth', nexus.incrementalAuth(follow('more', 'auth', { amount: usd(500) })));
await call('post auth', nexus.postAuth(follow('capture', 'auth', { amount: usd(1999) })));
await call('sale with tip', nexus.sale(sale('tipped')));
await call('tip adjust', nexus.tipAdjust({ ...shop, ...till, originalTransactionRequestId: 'pay-tipped', tipAmount: 200 }));

await call('sale at a terminal', nexus.sale(sale('slow', { attach: 'sandbox: terminal 60s' })));
await call('abort', nexus.abort({ ...shop, ...till, originalTransactionRequestId: 'pay-slow' }));
// Told as closed once Payonce has made sure; until then it stands at P.
for (let ask = 1; (await call(`query aborted ${ask}`, nexus.query(asked('slow')))).status === 'P' && ask < 200; ask++) {
  await rest(50);
}

await call('session', nexus.createCheckoutSession({ ...sale('session'), terminalSn: undefined }));
await call('session again', nexus.createCheckoutSession({ ...sale('session'), terminalSn: undefined }));
await call('batch query', nexus.batchQuery({ ...shop, terminalSn: 'T1' }));
await call('merchant query', nexus.merchantQuery({ ...shop }));

await call('nothing given', nexus.sale({ ...shop }));
await call('wrong key', client('wrong').sale(sale('wrong-key')));
await call('decline', nexus.sale(sale('decline', { amount: usd(9734) })));
await call('E02 after charge', nexus.sale(sale('doubt', { attach: 'sandbox: E02 after charge' })));
await call('channel timeout', nexus.sale(sale('timeout', { amount: usd(7629) })));
await call('failed, then under a reissued id', nexus.sale(sale('again', { attach: 'sandbox: E02 after charge and fail, then ok' })));
await call('query of a reissued id', nexus.query(asked('again')));
await call('query of nothing', nexus.query(asked('nothing')));

const race = (id) => nexus.sale(sale('race', { transactionRequestId: id, attach: 'sandbox: slow 3s' }));
const first = call('race', race('pay-race-1'));
await rest(300);
await Promise.all([first, call('race', race('pay-race-2'))]);
