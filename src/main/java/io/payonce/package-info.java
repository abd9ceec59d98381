/**
 * Picks the command: {@link io.payonce.Main}. The packages below it, each seeing only some of those
 * further down: which, its package-info says and a test checks.
 *
 * <pre>
 * sandbox             Runs everything on one machine: a real Redis, the simulated platform, a
 *                     pod
 * sandbox.http        The simulated platform as an HTTP server, with its control calls and its
 *                     faults
 * sandbox.bank        Executes the simulated calls and keeps the books of what was really
 *                     charged
 * sandbox.request     What the simulated platform is asked, and how it is set to behave
 * sandbox.signature   Verifies signatures as the platform would
 * sandbox.script      The language of fault scripts
 * command             The commands of production, and the life of the process
 * wiring              Builds one pod from its settings: adapters, flows, verticles, watchers
 * admin               The admin port: health, metrics, ops page, review and resolution of
 *                     payments
 * webhook             The port of the platform's notifications: who signed them, and when; what
 *                     they say is evidence for the flows
 * http                The proxy port: admits, reads and answers the calls of checkout services
 * worker              What runs without a caller: recovery, audit, fleet limits, renewal, the
 *                     ledger's charter
 * telemetry           Metrics, traces, access log, and the faults that operators must know of
 * http.server         What every port of ours does: limits of connections and bodies, one
 *                     exchange, draining
 * flow                The order of steps of every call of a checkout service; ports only, of
 *                     Vert.x only Future
 * flow.operator       What operators ask about a payment and decide
 * flow.engine         Does what the recovery machine decides, for one payment under its lease
 * flow.port           What flows take and give, and what they ask of their surroundings
 * limit               Decides what may be sent to the platform now, in this pod and in the fleet
 * renewal             Renews TMK, working key and session, one pod for all
 * ledger.journal      What Redis keeps for others of how payments ended: the journal, and what
 *                     callers have not taken yet
 * ledger.maintenance  Looks after the ledger as a whole: audit, charter, keys, what the fleet
 *                     and its Redis can do
 * ledger.redis        The payment store on Redis: one Lua script a move
 * ledger.sealing      Encrypts what the ledger stores, with a ring of keys: one seals, all open
 * outcome.http        Callers' hooks over HTTP: where they really are, one exchange with each
 * outcome.report      The journal for operators and other programs: as JSON, as rows, added up, and
 *                     held against what the platform says. Pure
 * outcome             What is published of outcomes: the journal, and notifications to callers
 * ledger              The port to the payment store: its moves, their results, the records
 * platform.http       The platform over HTTP: signs, sends, reads, never sends twice
 * platform            The port to the payment platform
 * credentials         The keys in use toward the platform
 * recovery            The recovery machine: which step follows from what is known. Pure
 * validation          Checks a request before anything happens and names the order it locks.
 *                     Pure
 * codes               The platform's codes, and what an answer means. Pure
 * json                Reads and writes bodies in one pass, without trees. Pure
 * redis               Supervised, pipelined connections that say of each failed command whether
 *                     it may have run
 * redis.failure       Why Redis did not answer, in words for operators
 * settings            The checked configuration as immutable records, or every fault in it
 * settings.source     The table of keys, and where values come from: defaults, YAML,
 *                     environment, secret files
 * signing             Signs requests to the platform, one signer a mode
 * tls                 Certificates and keys: read from PEM files, checked, watched, made into
 *                     TLS options
 * dns                 Host names and all their addresses, looked up again in time and after a
 *                     failed connect
 * model               What the domain is made of; JDK only
 * </pre>
 *
 * <p>Why it is so: {@code src/site/markdown/architecture.md}.
 */
package io.payonce;
