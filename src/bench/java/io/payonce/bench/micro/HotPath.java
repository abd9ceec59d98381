package io.payonce.bench.micro;

import io.payonce.codes.Classification.Expected;
import io.payonce.codes.Classification;
import io.payonce.codes.Report;
import io.payonce.http.ForwardedHeaders;
import io.payonce.json.EnvelopeScan;
import io.payonce.json.Malformed;
import io.payonce.json.RequestScan;
import io.payonce.ledger.sealing.Sealer;
import io.payonce.model.Answer;
import io.payonce.model.Envelope;
import io.payonce.model.Operation;
import io.payonce.model.PaymentId;
import io.payonce.model.Reply;
import io.payonce.model.RequestFields;
import io.payonce.validation.RequestRules;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What each payment passes through between two sockets, with bodies of the usual size. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HotPath {
  private final byte[] request = bytes("{\"appId\":\"app1\",\"merchantId\":\"M0000000001\","
      + "\"referenceOrderId\":\"o3x7w1n1234\",\"transactionRequestId\":\"t3x7w1n1234\","
      + "\"amount\":{\"orderAmount\":1999,\"priceCurrency\":\"USD\"},"
      + "\"description\":\"two books and a pen\",\"terminalSn\":\"T0001\"}");

  private final byte[] answer = bytes("{\"code\":\"0\",\"msg\":\"Success\",\"traceId\":\"5f3a0123\","
      + "\"data\":{\"transactionId\":\"0123456789abcdef0123456789abcdef\","
      + "\"transactionStatus\":\"S\",\"transactionResultCode\":\"000\"}}");

  private final PaymentId id = new PaymentId("M0000000001", "t3x7w1n1234");
  private final Sealer sealer = new Sealer(new byte[Sealer.KEY_BYTES]);
  private final byte[] sealed = sealer.seal(id, "body", request);
  private final ForwardedHeaders headers = new ForwardedHeaders(List.of(), List.of("X-Client-Request-Id", "X-Request-Id"));
  private final MultiMap callers = MultiMap.caseInsensitiveMultiMap()
      .add("Host", "payonce.checkout:8080")
      .add("Content-Type", "application/json")
      .add("Content-Length", "236")
      .add("Authorization", "Bearer pk_bench")
      .add("Accept", "application/json")
      .add("User-Agent", "checkout/1.0")
      .add("traceparent", "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01");
  private final RequestFields fields;
  private final Answer spoken;
  private final Expected expected;

  /** JMH makes one for each thread. */
  public HotPath() {
    try {
      fields = RequestScan.scan(Operation.SALE, request);
    } catch (Malformed e) {
      throw new IllegalStateException(e);
    }
    spoken = new Answer.Spoken(Reply.json(answer), EnvelopeScan.scan(answer), -1);
    expected = new Expected(
        Operation.SALE, fields.transactionRequestId(), fields.referenceOrderId(), fields.amount());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Benchmark
  public RequestFields scanRequest() throws Malformed {
    return RequestScan.scan(Operation.SALE, request);
  }

  @Benchmark
  public Envelope scanAnswer() {
    return EnvelopeScan.scan(answer);
  }

  @Benchmark
  public Optional<RequestRules.Fault> checkAtTheDoor() {
    return RequestRules.check(Operation.SALE, fields);
  }

  @Benchmark
  public String fingerprint() {
    return sealer.fingerprint(Operation.SALE, request);
  }

  @Benchmark
  public byte[] seal() {
    return sealer.seal(id, "body", request);
  }

  @Benchmark
  public byte[] open() {
    return sealer.open(id, "body", sealed);
  }

  @Benchmark
  public Report classify() {
    return Classification.ofSend(spoken, expected);
  }

  @Benchmark
  public List<Map.Entry<String, String>> filterHeaders() {
    return headers.endToEnd(callers);
  }
}
