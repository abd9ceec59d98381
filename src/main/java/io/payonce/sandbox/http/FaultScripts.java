package io.payonce.sandbox.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.payonce.sandbox.bank.EndedTransaction;
import io.payonce.sandbox.bank.Transaction;
import io.payonce.sandbox.request.Call;
import io.payonce.sandbox.request.Json;
import io.payonce.sandbox.request.LruMap;
import io.payonce.sandbox.request.SimOperation;
import io.payonce.sandbox.script.FaultScript;
import io.payonce.sandbox.script.ScriptFault;
import io.payonce.sandbox.script.ScriptRun;
import io.payonce.sandbox.script.Step;
import io.payonce.sandbox.script.WebhookStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Decides which step strikes which request. A fault set from outside goes before a directive in the
 * body. A directive's requests are counted by merchant, order and text, so that a new attempt under
 * another transactionRequestId goes on where the former one stopped.
 */
final class FaultScripts {

  private static final String DIRECTIVE = "sandbox:";

  private record Fault(FaultMatch match, String text, int times, ScriptRun run) {
    /** Whether it has a step left for another request; a script may speak of queries only. */
    boolean isLive() {
      return run.hasSteps() && (times == 0 || run.sends() < times);
    }
  }

  private final List<Fault> faults = new ArrayList<>();
  private final Map<String, ScriptRun> directives = new LruMap<>();
  private final Map<String, ScriptRun> byRequest = new LruMap<>();
  private final Map<String, String> orders = new LruMap<>();

  /**
   * @param times how many requests it strikes; 0: all
   * @throws ScriptFault if the script cannot be read
   */
  synchronized void add(FaultMatch match, String script, int times) {
    faults.add(new Fault(match, script, times, new ScriptRun(FaultScript.parse(script))));
  }

  synchronized void clearFaults() {
    faults.clear();
  }

  synchronized void reset() {
    faults.clear();
    directives.clear();
    byRequest.clear();
    orders.clear();
  }

  synchronized ArrayNode faults() {
    ArrayNode list = Json.MAPPER.createArrayNode();
    for (Fault fault : faults) {
      var row = list.addObject();
      row.set("match", Json.MAPPER.valueToTree(fault.match()));
      row.put("script", fault.text()).put("times", fault.times());
      row.put("struck", fault.run().sends());
    }
    return list;
  }

  /**
   * The step for this call.
   *
   * @param named the transaction that a query or a follow-up names, or null
   * @throws ScriptFault if the directive cannot be read
   */
  synchronized Step step(Call call, Transaction named, long now) {
    if (call.operation() == SimOperation.QUERY) {
      return queryStep(call, querySubject(call, named), now);
    }
    String order = call.order() == null && named != null ? named.order() : call.order();
    Subject subject = new Subject(call.merchantId(), order, call.requestId());
    ScriptRun directive = directive(call, subject);
    remember(subject, directive);
    for (Fault fault : faults) {
      if (fault.isLive() && fault.match().matchesPath(call) && fault.match().matches(subject)) {
        return fault.run().nextStep();
      }
    }
    return directive == null ? Step.OK : directive.nextStep();
  }

  /** What the notification of this end goes through. */
  synchronized WebhookStep webhookStep(EndedTransaction ended) {
    Subject subject =
        new Subject(ended.call().merchantId(), ended.order(), ended.call().requestId());
    for (Fault fault : faults) {
      if (fault.match().matchesPath(ended.call()) && fault.match().matches(subject)) {
        WebhookStep step = fault.run().nextWebhook();
        if (step != null) {
          return step;
        }
      }
    }
    ScriptRun directive = byRequest.get(key(subject.merchantId(), subject.requestId()));
    WebhookStep step = directive == null ? null : directive.nextWebhook();
    return step == null ? WebhookStep.OK : step;
  }

  private Step queryStep(Call call, Subject subject, long now) {
    for (Fault fault : faults) {
      boolean aimed = fault.match().path() != null && fault.match().matchesPath(call);
      if (aimed && fault.isLive() && fault.match().matches(subject)) {
        return fault.run().nextStep();
      }
      Step step = fault.match().matches(subject) ? fault.run().nextQuery(now) : null;
      if (step != null) {
        return step;
      }
    }
    ScriptRun directive = byRequest.get(key(subject.merchantId(), subject.requestId()));
    Step step = directive == null ? null : directive.nextQuery(now);
    return step == null ? Step.OK : step;
  }

  /** Also of a transaction that does not exist, if a request that asked for it was seen. */
  private Subject querySubject(Call call, Transaction named) {
    if (named != null) {
      return new Subject(call.merchantId(), named.order(), named.requestId());
    }
    String order = orders.get(key(call.merchantId(), call.requestId()));
    return new Subject(call.merchantId(), order, call.requestId());
  }

  private ScriptRun directive(Call call, Subject subject) {
    String attach = call.text("attach");
    String text = attach == null ? "" : attach.strip();
    if (!text.regionMatches(true, 0, DIRECTIVE, 0, DIRECTIVE.length())) {
      return null;
    }
    String about = subject.order() == null ? subject.requestId() : subject.order();
    return directives.computeIfAbsent(
        key(subject.merchantId(), call.operation() + "/" + about + "/" + text),
        any -> new ScriptRun(FaultScript.parse(text.substring(DIRECTIVE.length()))));
  }

  private void remember(Subject subject, ScriptRun directive) {
    String key = key(subject.merchantId(), subject.requestId());
    if (subject.order() != null) {
      orders.put(key, subject.order());
    }
    if (directive != null) {
      byRequest.put(key, directive);
    }
  }

  private static String key(String merchantId, String rest) {
    return merchantId + '/' + rest;
  }
}
