/**
 * The simulated platform: stands in for the real one in the demo, in our own tests and in the tests
 * of whoever adopts Payonce. It keeps a ledger of what was really charged, and it misbehaves on
 * demand. It knows nothing of the proxy it is called by.
 *
 * <p>Faults are written in a small language, in the {@code attach} field of a body after the word
 * {@code sandbox:}, or in the {@code script} of a control call:
 *
 * <pre>
 * script  = clause { "," ["then"] clause }        one step a copy; the last step repeats
 * clause  = step | "query:" step
 * step    = part { ["and"] part } [ "3x" ]        3x: for three copies (queries: three answers)
 * part    = "ok"                                  the normal answer
 *         | "before charge" | "after charge"      when the fault strikes
 *         | CODE [ "retry-after" seconds ]        answers this code: E02, P01, C08, S04, X99, 996
 *         | "http" status                         answers this HTTP status
 *         | "silent" | "reset" | "cut"            never answers; TCP reset; half a body, then closes
 *         | "garbage" | "empty" | "wrong order"   HTML; no body; another order and amount
 *         | "no status"                           leaves transactionStatus out
 *         | "slow" time                           takes this long, the order locked meanwhile
 *         | "late charge" time                    is executed this much later; silent unless told otherwise
 *         | outcome
 * outcome = "decline" CODE | "fail" | "closed"    F with a result code; F without one; C
 *         | "pending" [time] [ "then" final ]     P, then the final status (for ever without a time)
 *         | "I" [time] [ "then" final ]           I, then the final status
 *         | "terminal" time [ "then" final ]      I, half-way P, then the final status
 * final   = "ok" | "decline" CODE | "fail" | "closed"
 * time    = 800ms | 2s | 1m
 * query:  also takes "lag" time (shows what was true so long ago), and a bare time: for that long
 *         from the first query on. Without a count or a time it holds for every query.
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
 * <p>Without {@code before} or {@code after}, a code, a status, silence and a reset strike before
 * the charge; cut, garbage, empty and wrong order after it. A step with an outcome is always after.
 *
 * <p>Control calls need no key:
 *
 * <pre>
 * GET    /sandbox/charges?merchantId=&amp;order=&amp;transactionRequestId=   every movement of money that happened
 * GET    /sandbox/copies?...                  every request that arrived, without its body
 * POST   /sandbox/faults                      {"match":{"path":"/checkout/sale"},"script":"E01 3x, ok","times":3};
 *                                             GET lists, DELETE clears; match by path, merchantId, order, transactionRequestId
 * POST   /sandbox/settings                    any component of SandboxSettings by its name; GET shows them
 * POST   /sandbox/settle                      {"merchantId":...,"transactionRequestId":...,"as":"S"} ends a pending payment
 * POST   /sandbox/expire                      {"what":"tmk"|"workingKey"|"session"}
 * DELETE /sandbox                             forgets everything
 * </pre>
 */
package io.payonce.sandbox;
