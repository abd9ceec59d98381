package io.payonce.bench.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.redisson.api.RLockReactive;
import org.redisson.api.RedissonReactiveClient;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Locks the order while the platform is asked, and signs what goes there. */
@Component
public class PaymentFilter implements GatewayFilter {
  private static final SecretKeySpec KEY =
      new SecretKeySpec("a secret of the benchmark".getBytes(StandardCharsets.UTF_8), "HmacSHA256");

  private final RedissonReactiveClient redis;
  private final ObjectMapper json = new ObjectMapper();

  public PaymentFilter(RedissonReactiveClient redis) {
    this.redis = redis;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    byte[] body =
        exchange.getAttributeOrDefault(ServerWebExchangeUtils.CACHED_REQUEST_BODY_ATTR, new byte[0]);
    JsonNode request;
    try {
      request = json.readTree(body);
    } catch (IOException e) {
      exchange.getResponse().setStatusCode(HttpStatus.BAD_REQUEST);
      return exchange.getResponse().setComplete();
    }
    RLockReactive lock = redis.getLock("order:" + request.path("merchantId").asText() + "/"
        + request.path("referenceOrderId").asText());
    long owner = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
    return lock.tryLock(0, 15_000, TimeUnit.MILLISECONDS, owner)
        .flatMap(locked -> {
          if (!locked) {
            exchange.getResponse().setStatusCode(HttpStatus.CONFLICT);
            return exchange.getResponse().setComplete();
          }
          return chain
              .filter(signed(exchange, body))
              .then(lock.unlock(owner))
              .onErrorResume(e -> lock.unlock(owner).then(Mono.error(e)));
        });
  }

  private static ServerWebExchange signed(ServerWebExchange exchange, byte[] body) {
    String timestamp = Long.toString(System.currentTimeMillis());
    String id = UUID.randomUUID().toString();
    String text = exchange.getRequest().getMethod() + "\n"
        + exchange.getRequest().getPath() + "\n" + timestamp + "\n" + id + "\n";
    return exchange
        .mutate()
        .request(request -> request.headers(headers -> {
          headers.set("Authorization", "Bearer sk_bench");
          headers.set("X-Client-Request-Id", id);
          headers.set("X-Timestamp", timestamp);
          headers.set("X-Signature", hmac(text, body));
        }))
        .build();
  }

  private static String hmac(String text, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(KEY);
      mac.update(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
