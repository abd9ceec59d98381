/**
 * Runs everything on one machine: a real Redis, the simulated platform, a pod. Begin with
 * {@link io.payonce.sandbox.SandboxCommand}.
 *
 * <p>Sees {@code command}, {@code http.server}, {@code redis.failure}, {@code sandbox.http},
 * {@code sandbox.request}, {@code settings}, {@code settings.source}, {@code wiring}; nothing else
 * of ours.
 *
 * <p>Faults are written in a small language, in the {@code attach} field of a body after the word
 * {@code sandbox:}, or in the {@code script} of a control call:
 *
 * <pre>
 * script  = clause { "," ["then"] clause }        one step a send; the last step repeats
 * clause  = step | "query:" step | "webhook:" notice
 * step    = part { ["and"] part } [ "3x" ]        3x: for three requests (queries: three answers)
 * part    = "ok"                                  the normal answer
 *         | "before charge" | "after charge"      when the fault strikes
 *         | CODE [ "retry-after" seconds ]        answers this code: E02, P01, C08, S04, X99, 996
 *         | "http" status                         answers this HTTP status
 *         | "silent" | "reset" | "cut"            never answers; TCP reset; half a body, then closes
 *         | "garbage" | "empty" | "wrong order"   HTML; no body; another order and amount
 *         | "no status"                           leaves transactionStatus out
 *         | "slow" time                           takes this long, the order locked meanwhile
 *         | "late charge" time                    is executed this much later; silent unless the script says so
 *         | outcome
 * outcome = "decline" CODE | "fail" | "closed"    F with a result code; F without one; C
 *         | "pending" [time] [ "then" final ]     P, then the final status (for ever without a time)
 *         | "I" [time] [ "then" final ]           I, then the final status
 *         | "terminal" time [ "then" final ]      I, half-way P, then the final status
 * final   = "ok" | "decline" CODE | "fail" | "closed"
 * time    = 800ms | 2s | 1m
 * query:  also takes "lag" time (shows what was true so long ago), and a bare time: for that long
 *         from the first query on. Without a count or a time it holds for every query.
 * notice  = fate { ["and"] fate } [ "3x" ]        one a notification; the last one repeats
 * fate    = "ok" | "lost" | "late" time           as usual; never sent; so much later
 *         | "twice"                               a second one beside it, with another request id
 *         | "reordered"                           after the next one of the order, or 10 s
 *         | "early"                               answered before the call itself is answered
 *         | "forged"                              a stranger's first: opposite status, wrong secret
 *         | "stale" | "unsigned" | "garbage"      X-Timestamp of an hour ago; no signature; HTML
 *         | "wrong order"                         signed, but names another order and amount
 * </pre>
 *
 * <p>It lends terminal master keys, working keys and sessions: {@code POST /v1/keys/tmk} answers
 * {@code data.tmk}, {@code /v1/keys/working} {@code data.workingKey}, {@code /v1/sessions/login}
 * {@code data.sessionId}, each with {@code data.expiresInSeconds}; they ask for the API key, no
 * signature. Calls need them once the setting {@code requireCredentials} names them (S07, S08; S09
 * without a live session in {@code X-Session-Id}); {@code POST /sandbox/expire} ends one at once.
 * With the setting {@code signingMode} calls must be signed with one of {@code signingKeys} or with
 * a working key (S03). The real platform documents no such calls; these are our invention.
 *
 * <p>One money call is our invention, too: {@code POST /v1/wallet/charge}, which takes a
 * {@code walletId} and is otherwise a sale. Payonce does not know it, and passes it on without a
 * lock until {@code operations} describes it.
 *
 * <p>Without {@code before} or {@code after}, a code, a status, silence and a reset strike before
 * the charge; cut, garbage, empty and wrong order after it. A step with an outcome is always after.
 *
 * <p>A transaction with a {@code notifyUrl} tells each S, F and C to it: what a query shows, signed
 * with the setting {@code webhookSecret}, {@code webhookDelayMillis} after the end. Only HTTP 200
 * ends it; else it is repeated after {@code webhookRetryMillis}, then twice as long each time, up
 * to {@code webhookAttempts} (5 s and 8: our assumption, the platform documents no schedule), with
 * the same X-Client-Request-Id unless {@code webhookNewIds}. {@code webhookSignature} is hex,
 * base64 or sha256=hex. Only addresses of this machine are notified.
 *
 * <p>Hosted pages: {@code create-session} answers {@code sessionId}, {@code checkoutUrl} and
 * {@code expiresAt} (the setting {@code sessionLifeMillis}, or timeExpire); a repeat of its id
 * gives the first page. The checkoutUrl shows buttons; {@code POST /sandbox/press} presses them by
 * program: {@code pay} (I to S), {@code decline} (F; the shopper may press again while the page
 * lives), {@code abandon} (goes away), each with {@code slowMillis} (P meanwhile). A paid page
 * refuses with C24, a closed one with C11, a second press at once with C08. A page closes at
 * {@code expiresAt} or by {@code expire-session} (EXPIRED; C24 when paid), and its transaction then
 * shows C at once, also while a press is under way: such a press still pays if it ends within the
 * setting {@code pressSlackMillis}. With {@code closedPages=as-before} unpressed pages show I for
 * ever. A page locks no order, and a paid order does not stop its other pages from being paid.
 *
 * <p>Control calls need no key:
 *
 * <pre>
 * GET    /sandbox/charges?merchantId=&amp;order=&amp;transactionRequestId=   every movement of money that happened
 * GET    /sandbox/requests?...                every request that arrived, without its body
 * GET    /sandbox/webhooks?...                every notification, and what it was answered
 * POST   /sandbox/faults                      {"match":{"path":"/checkout/sale"},"script":"E01 3x, ok","times":3};
 *                                             GET lists, DELETE clears; match by path, merchantId, order, transactionRequestId
 * POST   /sandbox/settings                    any part of SandboxSettings by its name; GET shows them
 * POST   /sandbox/settle                      {"merchantId":...,"transactionRequestId":...,"as":"S"} ends a pending payment
 * GET    /sandbox/pages                       every hosted page and how it stands
 * POST   /sandbox/press                       {"sessionId":...,"as":"pay"|"decline"|"abandon","slowMillis":3000,"resultCode":"051"}
 * POST   /sandbox/expire                      {"what":"tmk"|"workingKey"|"session"}
 * DELETE /sandbox                             forgets everything
 * </pre>
 */
package io.payonce.sandbox;
