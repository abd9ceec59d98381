'use strict';
/* The ops page: asks the admin port for figures and draws them. Everything shown is put into the
   document as text, never as markup. */

const $ = id => document.getElementById(id);
const PAUSE = 2000;
const LIMIT = 25;
/* What its record does not tell, or has taken with it, an operator must say. */
const isLost = p => ['UNREADABLE', 'GONE'].includes(p.state) || p.state === 'FORGOTTEN' && !p.tombstone && Boolean(p.attentionSince);
const STATE_TONE = { GONE: 'bad', SENDING: 'wait', HELD: 'wait', IN_DOUBT: 'no', OPEN: 'wait', ATTENTION: 'bad', UNREADABLE: 'bad',
  RELEASED: 'idle', FORGOTTEN: 'idle', PAID: 'good', UNPAID: 'idle', REFUSED: 'idle' };
/* Which outcomes belong together the server says; how a group looks is told here. */
const GROUP_TONE = { paid: 'good', waiting: 'wait', unpaid: 'no', 'turned-away': 'turn', 'held-back': 'held', fault: 'bad', read: 'idle' };

let selected = null;
let shown = null;
let you = { name: '', decides: true };
const chosen = new Map();
let listed = [];

/* --- asking --------------------------------------------------------------------------------- */

class Failure extends Error {
  constructor(status, body) { super(body.error || 'HTTP ' + status); this.status = status; this.body = body; }
}

async function call(path, body) {
  const headers = {};
  const token = sessionStorage.getItem('payonce-token');
  if (token) headers.Authorization = 'Bearer ' + token;
  if (body) headers['Content-Type'] = 'application/json';
  const answer = await fetch(path, { method: body ? 'POST' : 'GET', headers, body: body && JSON.stringify(body) });
  if (answer.status === 401) { sessionStorage.removeItem('payonce-token'); askToken('That token is not the right one.'); }
  if (!answer.ok) throw new Failure(answer.status, await answer.json().catch(() => ({})));
  return answer;
}

const ask = async (path, body) => (await call(path, body)).json();

/* One JSON object a line. */
const lines = text => text.split('\n').filter(Boolean).map(line => JSON.parse(line));

const path = (p, more = '') => '/admin/payments/' + encodeURIComponent(p.merchantId) + '/' + encodeURIComponent(p.transactionRequestId)
  + more + (p.appId ? '?appId=' + encodeURIComponent(p.appId) : '');

// With orders.scope: app, each application of a merchant has ids of its own; operators write both, with a blank between them.
const owner = p => p.appId ? p.merchantId + ' ' + p.appId : p.merchantId;
function owned(text, transactionRequestId) {
  const [merchantId, ...app] = text.trim().split(' ');
  return { merchantId, appId: app.join(' ') || null, transactionRequestId };
}

/* --- building ------------------------------------------------------------------------------- */

function el(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(key, value);
  }
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}

function svg(name, attributes, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/* Redraws a list only when it changed, so that focus and selection stay where they are. */
function draw(id, key, build) {
  const node = $(id);
  if (node.dataset.key === key) return;
  const focused = node.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  node.dataset.key = key;
  node.replaceChildren(...build());
  if (focused) node.querySelector('[data-focus="' + CSS.escape(focused) + '"]')?.focus();
}

function figure(id, value, unit) {
  $(id).replaceChildren(value, ...(unit ? [el('small', {}, unit)] : []));
}

function millis(ms) {
  if (ms === 0) return ['0', 'ms'];
  if (ms < 1) return [String(Math.round(ms * 1000)), 'µs'];
  if (ms < 1000) return [ms < 10 ? ms.toFixed(1) : String(Math.round(ms)), 'ms'];
  return [(ms / 1000).toFixed(1), 's'];
}

function span(ms) {
  const s = Math.max(0, Math.round(ms / 1000));
  if (s < 90) return s + ' s';
  if (s < 5400) return Math.round(s / 60) + ' min';
  return s < 172800 ? Math.round(s / 3600) + ' h' : Math.round(s / 86400) + ' d';
}

const clock = iso => new Date(iso).toLocaleTimeString('en-GB') + '.' + iso.slice(20, 23).replace('Z', '').padEnd(3, '0');
const when = iso => new Date(iso).toLocaleDateString('en-CA') + ' ' + clock(iso);

/* --- figures -------------------------------------------------------------------------------- */

function showStats(stats) {
  const total = stats.slots.reduce((n, slot) => n + sum(slot.outcomes), 0);
  figure('rate', stats.perSecond < 10 ? stats.perSecond.toFixed(1) : String(Math.round(stats.perSecond)), '/s');
  $('rate-more').textContent = total + ' in ten minutes';
  if (stats.overhead.count) {
    figure('overhead', ...millis(stats.overhead.p50Ms));
    $('overhead-more').textContent = 'p50; p99 ' + millis(stats.overhead.p99Ms).join(' ');
  } else {
    figure('overhead', '–');
    $('overhead-more').textContent = 'nothing in a minute';
  }
  figure('in-flight', String(stats.inFlight));
  $('in-flight-more').textContent = 'breaker ' + stats.limits.breaker;
  figure('unresolved', stats.unresolved === null ? '?' : String(stats.unresolved));
  figure('attention', stats.attention === null ? '?' : String(stats.attention));
  $('attention-tile').classList.toggle('alarm', stats.attention > 0);
  $('attention-more').textContent = stats.attention > 0 ? 'waiting for you' : 'nothing to review';
  figure('clock', stats.clock.text);
  $('clock-more').textContent = stats.clock.more;
  you = stats.you;
  health(stats);
  warnings(stats);
  outcomes(stats);
  codesNow(stats);
}

function health(stats) {
  $('health').className = 'health ' + (stats.health.up ? 'up' : 'down');
  $('health').textContent = stats.health.text;
}

function warnings(stats) {
  const { breaker, host, slowed } = stats.limits;
  const rows = stats.misconfigured.map(row => [row.code + ' ', row.meaning + whom(row) + '. ' + row.you + '.']);
  if (stats.ledgerKeys !== 'ok') rows.push(['The ledger\'s keys: ', stats.ledgerKeys]);
  if (breaker !== 'closed') rows.push(['Breaker ' + breaker + ' ', 'for ' + host + ': new payments are refused with nothing sent, those in doubt are asked about slowly.']);
  if (slowed.length) rows.push(['Slowed down ', 'because the platform asked for it (S04): ' + slowed.slice(0, 5).join(', ') + (slowed.length > 5 ? ' and ' + (slowed.length - 5) + ' more' : '') + '.']);
  if (stats.ledgerDoubtedShards) rows.push(['The ledger has gone back in time ', 'in ' + stats.ledgerDoubtedShards + ' of 256 shards: nothing unsettled of before is sent again, unknown payments are asked about first.']);
  for (const trouble of stats.redisTroubles) rows.push(['Redis ', trouble + '.']);
  for (const [name, count] of Object.entries(stats.otherPlatforms)) rows.push([count + ' unsettled ', 'of the platform ' + name + ': only its own pods can settle them.']);
  draw('warnings', JSON.stringify(rows), () => rows.map(([head, text]) => el('p', { class: 'warning' }, el('b', {}, head), text)));
}

function whom(row) {
  return (row.merchantId ? ' for merchant ' + row.merchantId : '') + (row.operation ? ', ' + row.operation : '');
}

const sum = counts => Object.values(counts).reduce((a, b) => a + b, 0);

const grouped = (groups, counts) => groups.map(group => group.outcomes.reduce((n, word) => n + (counts[word] || 0), 0));

/* One bar a slot, at its place in time; empty slots are gaps. */
function bars(stats, height, valuesOf, tones) {
  const count = stats.slotCount;
  const first = Math.floor(Date.parse(stats.now) / (stats.slotSeconds * 1000)) - count + 1;
  const stacks = stats.slots.map(slot => ({ x: slot.at / (stats.slotSeconds * 1000) - first, values: valuesOf(slot) }));
  const most = Math.max(4, ...stacks.map(stack => stack.values.reduce((a, b) => a + b, 0)));
  const nodes = [svg('line', { class: 'axis', x1: 0, x2: count * 10, y1: height - .5, y2: height - .5 })];
  for (const { x, values } of stacks) {
    let top = height - 1;
    values.forEach((value, i) => {
      if (!value) return;
      const tall = Math.max(1.5, value / most * (height - 4));
      top -= tall;
      nodes.push(svg('rect', { class: tones[i], x: x * 10 + 1.5, y: Math.max(0, top), width: 7, height: tall, rx: 1 }));
    });
  }
  return svg('svg', { viewBox: '0 0 ' + count * 10 + ' ' + height, preserveAspectRatio: 'none', role: 'img', 'aria-label': 'bars, one for each ten seconds' }, ...nodes);
}

function outcomes(stats) {
  const tones = stats.groups.map(group => GROUP_TONE[group.group] || 'idle');
  $('outcomes').replaceChildren(bars(stats, 132, slot => grouped(stats.groups, slot.outcomes), tones));
  const all = {};
  stats.slots.forEach(slot => Object.entries(slot.outcomes).forEach(([word, n]) => { all[word] = (all[word] || 0) + n; }));
  const totals = grouped(stats.groups, all);
  $('legend').replaceChildren(...stats.groups.map((group, i) => totals[i] && el('li', { title: words(group, all) },
    el('i', { class: tones[i] }), group.text + ' ', el('b', {}, String(totals[i])))).filter(Boolean));
}

const words = (group, all) => group.outcomes.filter(word => all[word]).map(word => word + ' ' + all[word]).join(', ');

function codesNow(stats) {
  const totals = {};
  stats.slots.forEach(slot => Object.entries(slot.codes).forEach(([code, n]) => { totals[code] = (totals[code] || 0) + n; }));
  const rows = Object.entries(totals).sort((a, b) => b[1] - a[1]);
  $('codes-now').replaceChildren(...(rows.length ? rows.map(([code, n]) => el('div', { class: 'code-row' },
    el('span', { class: 'mono' }, code), bars(stats, 20, slot => [slot.codes[code] || 0], [tone(code)]), el('span', { class: 'n' }, String(n))))
    : [el('p', { class: 'hint' }, 'The platform has not answered anything yet.')]));
}

const tone = code => code === '0' ? 'good' : /^[EPo9R]/.test(code) ? 'no' : /^[SM]/.test(code) ? 'bad' : 'wait';

/* --- lists ---------------------------------------------------------------------------------- */

function badge(p) {
  const word = p.outcome && p.outcome !== 'RELEASED' && p.state === 'SETTLED' ? p.outcome : p.state;
  return el('span', { class: 'badge ' + (STATE_TONE[word] || 'idle') }, word.toLowerCase().replace('_', ' '));
}

function showList(which, page, empty) {
  const items = page.items;
  $(which + '-total').textContent = page.total ? (items.length < page.total ? 'first ' + items.length + ' of ' : '') + page.total : '';
  const key = JSON.stringify([items.map(p => [name(p), p.state, p.attempts, p.begunAt, p.amount, p.transactionId]), selected, you.decides]);
  draw(which + '-list', key, () => items.length ? [el('ul', { class: 'rows' }, ...items.map(p => row(p, which)))] : [el('p', { class: 'hint' }, empty)]);
  document.querySelectorAll('#' + which + '-list .age').forEach((node, i) => { node.textContent = age(items[i]); });
}

/* What needs review stands in that list, and only there. */
function withoutAttention(page) {
  const items = page.items.filter(p => !p.attentionSince);
  return { items: items.slice(0, LIMIT), total: Math.max(items.length, page.total - (page.items.length - items.length)) };
}

function age(p) {
  const since = p.attentionSince || p.begunAt;
  return since ? span(Date.now() - Date.parse(since)) : '';
}

const name = p => owner(p) + '/' + p.transactionRequestId;

function row(p, which) {
  const id = name(p);
  const button = el('button', { class: 'row', type: 'button', 'data-focus': id, 'aria-current': String(isSelected(p)), onclick: () => select(p) },
    el('span', { class: 'id mono' }, p.transactionRequestId), badge(p),
    el('span', { class: 'sub' }, [p.amount, p.operation, p.order && 'order ' + p.order, p.client].filter(Boolean).join(' · ')),
    el('span', { class: 'age' }, age(p)));
  if (which !== 'attention' || !you.decides) return el('li', {}, button);
  const box = el('input', { type: 'checkbox', 'aria-label': 'Choose ' + p.transactionRequestId, 'data-focus': 'box ' + id, onchange: () => choose(p, box.checked) });
  box.checked = chosen.has(id);
  return el('li', { class: 'choice' }, box, button);
}

function choose(p, on) {
  if (on) chosen.set(name(p), p); else chosen.delete(name(p));
  showChosen();
}

function showChosen() {
  $('chosen').hidden = !chosen.size;
  $('choose-all').hidden = !you.decides || listed.length < 2 || chosen.size === listed.length;
  $('chosen-count').textContent = chosen.size + ' chosen';
}

function chooseAll() {
  listed.forEach(p => chosen.set(name(p), p));
  document.querySelectorAll('#attention-list input').forEach(box => { box.checked = true; });
  showChosen();
}

/* What has left the list is no longer chosen. */
function keepChosen(items) {
  const there = new Set(items.map(name));
  [...chosen.keys()].filter(id => !there.has(id)).forEach(id => chosen.delete(id));
  showChosen();
}

const isSelected = p => selected && owner(p) === owner(selected) && p.transactionRequestId === selected.transactionRequestId;

/* --- what callers could not be notified of, and what ended of late ----------------------------------- */

const pathOf = row => '/admin/undelivered/' + encodeURIComponent(row.id) + '/deliver';

function showUndelivered(page) {
  $('undelivered-total').textContent = page.total || '';
  const key = JSON.stringify([page.items.map(row => [row.id, row.tries, row.error]), you.decides]);
  draw('undelivered-list', key, () => page.items.length ? [el('ul', { class: 'rows' }, ...page.items.map(undelivered))]
    : [el('p', { class: 'hint' }, 'Every notification has been taken, or is on its way.')]);
}

function undelivered(row) {
  const text = el('button', { class: 'row', type: 'button', 'data-focus': 'hook ' + name(row), onclick: () => select(row) },
    el('span', { class: 'id mono' }, row.transactionRequestId), el('span', { class: 'age' }, row.since && when(row.since).slice(0, 19)),
    el('span', { class: 'sub' }, [row.host, row.tries + ' tries', row.error].filter(Boolean).join(' · ')));
  if (!you.decides) return el('li', {}, text);
  return el('li', { class: 'choice tail' }, text, el('button', { type: 'button', class: 'quiet', 'data-focus': 'again ' + name(row), onclick: () => deliver(row) }, 'Send again'));
}

async function deliver(row) {
  try {
    $('undelivered-said').textContent = row.transactionRequestId + ': ' + (await ask(pathOf(row), {})).because + '.';
  } catch (failure) {
    $('undelivered-said').textContent = row.transactionRequestId + ': ' + failure.message + '.';
  }
  showUndelivered(await ask('/admin/undelivered?limit=' + LIMIT));
}

/* The journal is read in its own order; where more comes than can be read, the page leaps to what is new. */
const JOURNAL_PAUSE = 6000;
const JOURNAL_LIMIT = 200;
const journal = { since: null, rows: [], readAt: 0 };

async function refreshSlowly(now) {
  if (Date.now() - journal.readAt < JOURNAL_PAUSE) return;
  journal.readAt = Date.now();
  showUndelivered(await ask('/admin/undelivered?limit=' + LIMIT));
  await readJournal(now);
}

async function readJournal(now) {
  const since = journal.since || new Date(now - 600000).toISOString();
  let answer;
  try {
    answer = await call('/admin/outcomes?limit=' + JOURNAL_LIMIT + '&since=' + encodeURIComponent(since));
  } catch (failure) {
    $('journal-card').hidden = failure.status === 409;
    if (failure.status === 401 || failure.status === 409) return;
    throw failure;
  }
  const until = answer.headers.get('Payonce-Complete-Until');
  const fresh = lines(await answer.text());
  journal.rows = [...journal.rows, ...fresh].slice(-12);
  if (fresh.length) journal.since = fresh.length < JOURNAL_LIMIT ? fresh[fresh.length - 1].cursor : new Date(Date.parse(until) - 2000).toISOString();
  $('journal-until').textContent = 'complete until ' + clock(until).slice(0, 8);
  draw('journal-list', JSON.stringify(journal.rows.map(o => o.cursor)), () => journal.rows.length
    ? [el('ul', { class: 'rows' }, ...[...journal.rows].reverse().map(ended))] : [el('p', { class: 'hint' }, 'No payment has ended in the last ten minutes.')]);
}

function ended(o) {
  const state = o.unreadable ? { state: 'UNREADABLE' } : o.status === 'RELEASED' ? { state: 'RELEASED' } : { state: 'SETTLED', outcome: o.status };
  const sub = [money(o.movedAmount ?? o.amount, o.movedCurrency || o.currency), o.operation, o.order && 'order ' + o.order, o.kind !== 'settled' && o.kind, o.unreadable];
  return el('li', {}, el('button', { class: 'row', type: 'button', 'data-focus': o.cursor, onclick: () => o.transactionRequestId && select(o) },
    el('span', { class: 'id mono' }, o.transactionRequestId || o.cursor), badge(state),
    el('span', { class: 'sub' }, sub.filter(Boolean).join(' · ')), el('span', { class: 'age' }, clock(o.at).slice(0, 8))));
}

/* Minor units, as the currency writes them. */
function money(amount, currency) {
  if (amount === null || amount === undefined) return null;
  let digits = 2;
  try { digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits; } catch { /* no currency that is known */ }
  return (amount / 10 ** digits).toFixed(digits) + (currency ? ' ' + currency : '');
}

/* --- one payment ---------------------------------------------------------------------------- */

function select(p) {
  selected = { merchantId: p.merchantId, appId: p.appId || null, transactionRequestId: p.transactionRequestId, lost: p.state === 'GONE' ? p : null };
  shown = null;
  $('find-merchant').value = owner(p);
  $('find-by').value = 'id';
  $('find-id').value = p.transactionRequestId;
  const hash = '#' + encodeURIComponent(owner(p)) + '/' + encodeURIComponent(p.transactionRequestId);
  if (location.hash !== hash) history.replaceState(null, '', hash);
  loadPayment();
  document.querySelectorAll('.row').forEach(node => node.setAttribute('aria-current', String(node.dataset.focus === name(p))));
  if (window.innerWidth <= 1020) $('payment-card').scrollIntoView({ block: 'start' });
}

async function loadPayment() {
  const wanted = selected;
  if (!wanted) return;
  try {
    const payment = await ask(path(wanted));
    if (wanted !== selected) return;
    // The journal names every application; here ids may be unique within the merchant.
    if (wanted.appId && !payment.appId) { wanted.appId = null; $('find-merchant').value = owner(wanted); }
    showPayment(payment);
  } catch (failure) {
    if (wanted !== selected || failure.status === 401) return;
    // Nothing is left of it but the order that it holds: that much the look-up showed.
    if (failure.status === 404 && wanted.lost) { showPayment(wanted.lost); return; }
    shown = null;
    draw('payment', failure.message, () => [el('p', { class: 'error' }, failure.message)]);
  }
}

/* Each part is drawn for itself: a button must not vanish under a hand because a line was added. */
function showPayment(p) {
  shown = p;
  draw('payment', 'parts', () => ['head', 'todo', 'buttons', 'next', 'facts', 'timeline'].map(part => el('div', { id: 'payment-' + part, role: part === 'head' ? 'status' : null })));
  draw('payment-head', JSON.stringify([p.transactionRequestId, p.state, p.outcome, p.meaning]), () => [
    el('div', { class: 'head' }, el('p', { class: 'name mono' }, p.transactionRequestId), badge(p)), el('p', { class: 'meaning' }, p.meaning)]);
  draw('payment-todo', JSON.stringify(p.todo), () => [el('p', { class: 'todo' + (p.attentionSince ? ' alarm' : '') }, p.todo.text, ' ',
    el('a', { href: p.todo.runbook, target: '_blank', rel: 'noopener' }, 'How: ' + p.todo.title.toLowerCase()))]);
  $('payment-next').replaceChildren(...(p.next ? [el('p', { class: 'next' }, el('b', {}, 'Next: '), p.next.what, ' ', el('span', {}, '(' + p.next.because + ')'))] : []));
  const rows = facts(p);
  draw('payment-facts', JSON.stringify(rows), () => [el('dl', { class: 'facts' }, ...rows.flatMap(([label, value, kind]) => [el('dt', {}, label), el('dd', { class: kind }, value)]))]);
  const kinds = buttonsOf(p);
  draw('payment-buttons', kinds.join(' '), () => kinds.length ? [el('div', { class: 'buttons' }, ...kinds.map(kind => BUTTONS[kind](p))), el('p', { id: 'asked', class: 'hint', role: 'status' })] : []);
  draw('payment-timeline', JSON.stringify(p.timeline || []), () => p.timeline ?
    [el('ol', { class: 'timeline', 'aria-label': 'Timeline' }, ...folded(p.timeline).map(event))] : []);
}

const button = (id, text, click, kind) => el('button', { type: 'button', id, class: kind, onclick: click }, text);

/* Asking changes nothing by itself, so it comes first; to decide is never the green one. */
const BUTTONS = {
  ask: p => button('ask-now', 'Ask the platform now', () => askNow(p)),
  paid: () => button('resolve-paid', 'Resolve as paid …', () => openResolve('paid', [shown]), 'quiet'),
  unpaid: () => button('resolve-unpaid', 'Resolve as not paid …', () => openResolve('unpaid', [shown]), 'quiet'),
  off: p => button('resolve-off', 'Take off the list …', () => openResolve(p.outcome === 'PAID' ? 'paid' : 'unpaid', [shown], true), 'quiet'),
  copy: () => button('copy-ids', 'Copy for support', copyIds, 'quiet'),
};

function buttonsOf(p) {
  const open = !p.outcome && p.state !== 'FORGOTTEN';
  const decide = !you.decides ? [] : isLost(p) ? ['paid', 'unpaid', ...(p.state === 'FORGOTTEN' ? ['off'] : [])] : open ? ['ask', 'paid', 'unpaid'] : p.attentionSince ? ['off'] : [];
  return [...decide, ...(navigator.clipboard ? ['copy'] : [])];
}

async function askNow(p) {
  $('ask-now').disabled = true;
  $('asked').textContent = 'Asking …';
  let said;
  try {
    const now = await ask(path(p, '/ask'), {});
    const heard = now.timeline.filter(line => line.what.startsWith('query: ')).pop();
    said = heard ? 'The platform: ' + heard.what.slice(7) : 'The platform was asked.';
  } catch (failure) {
    said = 'Not asked: ' + failure.message + '.';
  }
  if ($('ask-now')) $('ask-now').disabled = false;
  await refresh();
  if ($('asked')) $('asked').textContent = said;
}

function supportText(p) {
  const rows = [['transactionId', p.transactionId], ['traceId', p.platformTraceId], ['merchantId', p.merchantId], ['transactionRequestId', p.platformId || p.transactionRequestId],
    ['order', p.order], ['terminal', p.terminal], ['operation', p.operation], ['amount', p.amount], ['sent at', p.lastIntentAt || p.begunAt]];
  return rows.filter(([, value]) => value).map(([label, value]) => label + ': ' + value).join('\n');
}

async function copyIds() {
  await navigator.clipboard.writeText(supportText(shown)).catch(() => {});
  if ($('asked')) $('asked').textContent = 'Copied.';
}

/* Marked: what the platform's support asks for. */
function facts(p) {
  const rows = [
    ['amount', p.amount, 'strong'], ['moved instead', p.otherAmount, 'strong'], ['operation', p.operation], ['order', p.order],
    ['transactionId', p.transactionId, 'mono'], ['their traceId', p.platformTraceId, 'mono'],
    ['merchant', p.merchantId, 'mono'], ['application', p.appId, 'mono'], ['terminal', p.terminal, 'mono'], ['client', p.client],
    ['platform id', p.platformId !== p.transactionRequestId ? p.platformId : null, 'mono'],
    ['sends', p.marks && p.marks.join('; ')],
    ['begun', p.begunAt && when(p.begunAt)],
    ['last send', p.lastIntentAt && p.lastIntentAt !== p.begunAt && when(p.lastIntentAt)],
    ['resend window ends', p.windowEndsAt && when(p.windowEndsAt) + (p.windowEndsAt > p.now ? ': "not paid" can be granted then' : '')],
    ['review from', p.deadlineAt && !p.attentionSince && when(p.deadlineAt)],
    ['needs review', p.attentionSince && 'since ' + when(p.attentionSince)],
    ['request hash', p.fingerprint, 'mono'],
    ['remembered as', p.tombstone && p.state === 'FORGOTTEN' && p.tombstone.outcome.toLowerCase() + ', platform id ' + p.tombstone.platformId],
  ];
  return rows.filter(([, value]) => value);
}

/* A long wait is many equal lines: one stands for a run of them. */
function folded(timeline) {
  const runs = [];
  for (const e of timeline) {
    const last = runs[runs.length - 1];
    if (last && last.what === e.what && last.rule === e.rule && !e.by) { last.times++; last.until = e.at; last.platformTraceId = e.platformTraceId; }
    else runs.push({ ...e, times: 1, until: null });
  }
  return runs;
}

function event(e) {
  const time = el('time', { datetime: e.at, title: when(e.at) }, clock(e.at) + (e.until ? ' – ' + clock(e.until) : ''));
  return el('li', {}, time, el('span', { class: 'what' }, e.what), e.times > 1 ? el('span', { class: 'times' }, e.times + ' times') : null,
    e.rule ? el('span', { class: 'rule' }, e.rule) : null,
    e.platformTraceId ? el('span', { class: 'rule mono' }, 'traceId ' + e.platformTraceId) : null);
}

/* --- looking up ------------------------------------------------------------------------------- */

async function find() {
  const wanted = owned($('find-merchant').value, $('find-id').value.trim());
  const by = $('find-by').value;
  $('found').replaceChildren();
  if (by === 'id') { select(wanted); return; }
  const query = new URLSearchParams({ merchantId: wanted.merchantId, [by]: wanted.transactionRequestId });
  if (wanted.appId) query.set('appId', wanted.appId);
  try {
    const { items } = await ask('/admin/find?' + query);
    if (items.length === 1) select(items[0]);
    $('found').replaceChildren(...(items.length
      ? items.length > 1 ? [el('ul', { class: 'rows' }, ...items.map(p => row(p, 'found')))] : []
      : [el('p', { class: 'hint' }, by === 'order'
        ? 'No payment of this order is known. One that ended unpaid is found here for as long as the journal goes back; after that look it up by its transactionRequestId.'
        : 'No payment here has this transactionId; it is known once the platform has named it.')]));
  } catch (failure) {
    $('found').replaceChildren(el('p', { class: 'error' }, failure.message));
  }
}

/* --- deciding ------------------------------------------------------------------------------- */

let deciding = null;

const MEANS = {
  paid: 'Every caller of this payment gets "paid" from now on, and its order refuses other payments. The platform is asked first; if its status is final and says otherwise, this is refused.',
  unpaid: 'Every caller of this payment gets "not paid" from now on, and its order is free for another one. Granted only when no send can take effect any more and the platform does not show it paid.',
  off: 'What its callers were answered stays. It only leaves the list that needs review.',
};

function openResolve(as, payments, off) {
  deciding = { as, payments };
  const many = payments.length > 1;
  $('resolve-title').textContent = off ? 'Take off the list' : (as === 'paid' ? 'Resolve as paid' : 'Resolve as not paid') + (many ? ': ' + payments.length + ' payments' : '');
  $('resolve-name').replaceChildren(...payments.map(p => el('span', {}, p.transactionRequestId + (p.amount ? ', ' + p.amount : ''))));
  $('resolve-means').textContent = (many ? 'Of each: ' : '') + MEANS[off ? 'off' : as];
  $('resolve-note').value = '';
  $('resolve-error').textContent = '';
  $('resolve-force').checked = false;
  const lost = !many && !off && isLost(payments[0]);
  $('resolve-lost').hidden = !lost;
  $('resolve-app').value = payments[0].appId || '';
  $('resolve-order').value = payments[0].order || '';
  $('resolve-platform').value = '';
  $('resolve-force-row').hidden = !lost;
  $('resolve-confirm').textContent = off ? 'Yes, it is seen to' : as === 'paid' ? 'Yes, paid' : 'Yes, not paid';
  $('resolve-confirm').className = as === 'unpaid' && !off ? 'danger' : '';
  $('resolve').showModal();
  $('resolve-note').focus();
}

async function decide() {
  const { as, payments } = deciding;
  const decision = { as, note: $('resolve-note').value };
  if ($('resolve-force').checked) decision.force = true;
  if (!$('resolve-lost').hidden) ['app', 'order', 'platform'].forEach(part => {
    const text = $('resolve-' + part).value.trim();
    if (text) decision[part === 'app' ? 'appId' : part] = text;
  });
  $('resolve-confirm').disabled = true;
  $('resolve-error').textContent = 'Asking the platform …';
  try {
    if (payments.length === 1) await ask(path(payments[0], '/resolve'), decision);
    else several(await ask('/admin/resolve', { ...decision, payments: payments.map(named) }));
    payments.forEach(p => chosen.delete(name(p)));
    showChosen();
    $('resolve').close();
  } catch (failure) {
    refused(as, failure);
  } finally {
    $('resolve-confirm').disabled = false;
  }
  refresh();
}

const named = p => ({ merchantId: p.merchantId, ...(p.appId ? { appId: p.appId } : {}), transactionRequestId: p.transactionRequestId });

/* Those that were refused stay chosen, and say why. */
function several(answer) {
  const no = answer.results.filter(result => result.status !== 200);
  answer.results.filter(result => result.status === 200).forEach(result => chosen.delete(name(result)));
  if (!no.length) return;
  deciding.payments = deciding.payments.filter(p => no.some(result => name(result) === name(p)));
  const of = no.map(result => result.transactionRequestId + ': ' + (result.body.error || 'HTTP ' + result.status));
  throw new Failure(no[0].status, { ...no[0].body, error: of.join('; ') });
}

function refused(as, failure) {
  const { retryAt, outcome } = failure.body || {};
  let text = 'Refused: ' + failure.message + '.';
  if (outcome) text += ' It has ended as ' + outcome.toLowerCase() + '.';
  if (retryAt) text += ' Ask again after ' + when(retryAt).slice(0, 19) + '.';
  $('resolve-error').textContent = text;
  if ($('resolve-lost').hidden) $('resolve-force-row').hidden = !(failure.status === 409 && as === 'unpaid' && !retryAt && !outcome);
}

async function askChosen() {
  const payments = [...chosen.values()];
  $('chosen-said').textContent = 'Asking …';
  try {
    const { results } = await ask('/admin/ask', { payments: payments.map(named) });
    const asked = results.filter(result => result.status === 200).length;
    $('chosen-said').textContent = asked + ' of ' + results.length + ' asked.';
  } catch (failure) {
    $('chosen-said').textContent = failure.message;
  }
  refresh();
}

/* --- codes ---------------------------------------------------------------------------------- */

let codes = null;

async function showCodes() {
  if (!codes) codes = await ask('/admin/codes');
  const wanted = $('code-filter').value.trim().toLowerCase();
  const rows = codes.filter(c => !wanted || Object.values(c).join(' ').toLowerCase().includes(wanted));
  $('codes').replaceChildren(el('table', {},
    el('thead', {}, el('tr', {}, ...['code', 'meaning', 'what Payonce does', 'what you do'].map(h => el('th', { scope: 'col' }, h)))),
    el('tbody', {}, ...rows.map(c => el('tr', {}, ...[c.code, c.meaning, c.payonce, c.you].map(text => el('td', {}, text)))))));
}

/* --- token, theme, the round ------------------------------------------------------------------ */

function askToken(error) {
  $('token-error').textContent = error || '';
  if (!$('token').open) $('token').showModal();
}

function theme(name) {
  document.documentElement.dataset.theme = name;
  $('theme').textContent = name === 'dark' ? 'Light' : 'Dark';
}

function startTheme() {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const chosen = localStorage.getItem('payonce-theme');
  theme(chosen || (dark.matches ? 'dark' : 'light'));
  dark.addEventListener('change', () => { if (!localStorage.getItem('payonce-theme')) theme(dark.matches ? 'dark' : 'light'); });
  $('theme').addEventListener('click', () => {
    const next = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
    localStorage.setItem('payonce-theme', next);
    theme(next);
  });
}

const locked = () => document.documentElement.dataset.token === 'wanted' && !sessionStorage.getItem('payonce-token');

async function refresh() {
  if (locked()) { askToken(); return; }
  try {
    const stats = await ask('/admin/stats');
    showStats(stats);
    // Both before either is drawn: what moves from one list to the other is never in both.
    const [attention, unresolved] = await Promise.all(
      [ask('/admin/attention?limit=' + LIMIT), ask('/admin/unresolved?limit=' + 2 * LIMIT)]);
    listed = attention.items;
    keepChosen(listed);
    showList('attention', attention, 'Nothing needs review.');
    showList('unresolved', withoutAttention(unresolved), 'Every other payment is settled.');
    await refreshSlowly(Date.parse(stats.now));
    if (!shown || !shown.outcome || shown.attentionSince) await loadPayment();
  } catch (failure) {
    if (failure.status === 401) return;
    $('health').className = 'health down';
    $('health').textContent = failure instanceof Failure ? failure.message : 'Payonce does not answer';
  }
}

async function round() {
  if (!document.hidden) await refresh();
  setTimeout(round, PAUSE);
}

function fromHash() {
  const parts = location.hash.slice(1).split('/').map(decodeURIComponent);
  if (parts.length === 2 && parts[0]) select(owned(parts[0], parts[1]));
}

startTheme();
$('find').addEventListener('submit', e => {
  e.preventDefault();
  find();
});
$('resolve-form').addEventListener('submit', e => { e.preventDefault(); decide(); });
$('resolve-cancel').addEventListener('click', () => $('resolve').close());
$('choose-all').addEventListener('click', chooseAll);
$('chosen-ask').addEventListener('click', askChosen);
$('chosen-paid').addEventListener('click', () => openResolve('paid', [...chosen.values()]));
$('chosen-unpaid').addEventListener('click', () => openResolve('unpaid', [...chosen.values()]));
$('token').addEventListener('cancel', e => e.preventDefault());
$('token-form').addEventListener('submit', e => {
  e.preventDefault();
  sessionStorage.setItem('payonce-token', $('token-value').value);
  $('token-value').value = '';
  $('token').close();
  fromHash();
  refresh();
});
$('code-table').addEventListener('toggle', () => { if ($('code-table').open) showCodes(); });
$('code-filter').addEventListener('input', showCodes);
window.addEventListener('hashchange', fromHash);
document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
if (!locked()) fromHash();
round();
