package io.payonce.bench.gateway;

import org.redisson.Redisson;
import org.redisson.api.RedissonReactiveClient;
import org.redisson.config.Config;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;

/** Spring Cloud Gateway as a payment proxy is usually begun: one lock an order, one signature. */
@SpringBootApplication
public class Gateway {
  public static void main(String[] args) {
    SpringApplication.run(Gateway.class, args);
  }

  @Bean(destroyMethod = "shutdown")
  RedissonReactiveClient redis(@Value("${BENCH_REDIS}") String uri) {
    Config config = new Config();
    config.useSingleServer().setAddress(uri);
    return Redisson.create(config).reactive();
  }

  @Bean
  RouteLocator routes(
      RouteLocatorBuilder routes, PaymentFilter payment, @Value("${BENCH_PLATFORM}") String platform) {
    return routes
        .routes()
        .route(
            "platform",
            route -> route
                .path("/v1/**")
                .filters(filters ->
                    filters.cacheRequestBody(byte[].class).filter(payment))
                .uri(platform))
        .build();
  }
}
