package io.payonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import io.kubernetes.client.util.Yaml;
import io.payonce.settings.Loaded;
import io.payonce.settings.Loaded.Ready;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cluster would get, rendered by kubectl (no cluster needed) and parsed strictly. */
class K8sOverlaysTest {
  /** Held here so that it stays silent: the parser complains of its own models at each load. */
  private static final Logger PARSER = Logger.getLogger("org.yaml.snakeyaml");

  /** Rendering takes a second each time. */
  private static final Map<String, String> RENDERED = new ConcurrentHashMap<>();

  @TempDir
  Path folder;

  @BeforeAll
  static void isThereKubectl() {
    PARSER.setLevel(Level.OFF);
    assumeTrue(run("kubectl", "kustomize", "--help") != null, "skipped: no kubectl on the PATH");
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/demo", "overlays/production"})
  void every_object_parses_strictly_and_names_are_unique(String overlay) throws IOException {
    List<KubernetesObject> objects = render(overlay);
    assertThat(objects).hasSizeGreaterThanOrEqualTo(7);
    assertThat(objects.stream()
            .map(object -> object.getKind() + "/" + object.getMetadata().getName()))
        .doesNotHaveDuplicates();
    assertThat(objects.stream()
            .filter(object -> !object.getKind().equals("Namespace"))
            .map(object -> object.getMetadata().getNamespace())
            .distinct())
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/demo", "overlays/production"})
  void every_pod_runs_unprivileged_and_mounts_what_it_has(String overlay) throws IOException {
    for (V1Deployment deployment : all(render(overlay), V1Deployment.class)) {
      V1PodSpec pod = deployment.getSpec().getTemplate().getSpec();
      assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
      assertThat(pod.getSecurityContext().getSeccompProfile().getType())
          .isEqualTo("RuntimeDefault");
      assertThat(pod.getAutomountServiceAccountToken()).isFalse();
      pod.getContainers().forEach(container -> {
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getResources().getLimits()).containsKey("memory");
        assertThat(container.getImage()).contains(":");
        assertThat(container.getVolumeMounts())
            .extracting(mount -> mount.getName())
            .isSubsetOf(
                pod.getVolumes().stream().map(volume -> volume.getName()).toList());
      });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"overlays/demo", "overlays/production"})
  void its_configuration_is_one_that_serve_accepts(String overlay) throws IOException {
    Loaded loaded = load(overlay, render(overlay));
    assertThat(loaded)
        .as(() -> loaded instanceof Ready ? "" : loaded.toString())
        .isInstanceOf(Ready.class);
  }

  @Test
  void the_demo_finds_its_platform_and_its_redis_and_lets_itself_out_to_them() throws IOException {
    List<KubernetesObject> objects = render("overlays/demo");
    Settings settings = load("overlays/demo", objects).orThrow();
    URI platform = URI.create(settings.upstream().baseUrl());
    V1Service service = named(objects, V1Service.class, platform.getHost());
    assertThat(service.getSpec().getPorts())
        .anySatisfy(port -> assertThat(port.getPort()).isEqualTo(platform.getPort()));
    URI redis = URI.create(settings.redis().uris().get(0));
    assertThat(named(objects, V1Service.class, redis.getHost()).getSpec().getPorts())
        .anySatisfy(port -> assertThat(port.getPort()).isEqualTo(redis.getPort()));
    V1NetworkPolicy policy = all(objects, V1NetworkPolicy.class).get(0);
    assertThat(policy.getSpec().getEgress().stream()
            .flatMap(rule -> rule.getPorts().stream())
            .map(port -> port.getPort().getIntValue()))
        .contains(platform.getPort(), redis.getPort());
    assertThat(all(objects, V2HorizontalPodAutoscaler.class)).isEmpty();
    assertThat(named(objects, V1Deployment.class, "payonce").getSpec().getReplicas())
        .isEqualTo(2);
  }

  /** What {@code /health/ready} shows without a token is not for the outside. */
  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/demo", "overlays/production"})
  void only_monitoring_is_let_in_at_the_admin_port_and_no_service_names_it(String kustomization)
      throws IOException {
    List<KubernetesObject> objects = render(kustomization);
    var rules = named(objects, V1NetworkPolicy.class, "payonce").getSpec().getIngress();
    assertThat(rules).allSatisfy(rule -> assertThat(rule.getPorts()).isNotEmpty());
    assertThat(rules)
        .filteredOn(rule ->
            rule.getPorts().stream().anyMatch(port -> !port.getPort().toString().equals("http")))
        .singleElement()
        .satisfies(rule -> assertThat(rule.getFrom())
            .singleElement()
            .satisfies(from -> assertThat(from.getNamespaceSelector().getMatchLabels())
                .isEqualTo(Map.of("kubernetes.io/metadata.name", "monitoring"))));
    assertThat(named(objects, V1Service.class, "payonce").getSpec().getPorts())
        .extracting(port -> port.getTargetPort().toString())
        .containsExactly("http");
  }

  @Test
  void production_spans_two_zones_speaks_tls_and_waits_for_replicas() throws IOException {
    List<KubernetesObject> objects = render("overlays/production");
    V1Deployment deployment = named(objects, V1Deployment.class, "payonce");
    assertThat(deployment.getSpec().getReplicas()).isNull();
    var spread = deployment.getSpec().getTemplate().getSpec().getTopologySpreadConstraints();
    assertThat(spread).hasSize(2);
    assertThat(spread.get(0).getTopologyKey()).isEqualTo("topology.kubernetes.io/zone");
    assertThat(spread.get(0).getWhenUnsatisfiable()).isEqualTo("DoNotSchedule");
    assertThat(spread.get(0).getMinDomains()).isEqualTo(2);
    Settings settings = load("overlays/production", objects).orThrow();
    assertThat(settings.server().tls().certFile()).isPresent();
    assertThat(settings.redis().minReplicas()).isPositive();
    assertThat(settings.redis().mode()).isEqualTo("sentinel");
    var scaler = all(objects, V2HorizontalPodAutoscaler.class).get(0).getSpec();
    assertThat(scaler.getMinReplicas()).isEqualTo(4);
    assertThat(scaler.getMetrics()).as("no adapter is needed").hasSize(1);
    assertThat(named(objects, V1Service.class, "payonce").getSpec().getPorts())
        .singleElement()
        .satisfies(port -> assertThat(port.getAppProtocol()).isEqualTo("https"));
  }

  @Test
  void production_lets_traces_out_to_the_port_that_its_example_names() throws IOException {
    String example = Files.readString(Path.of("k8s/overlays/production/payonce.yaml"))
        .lines()
        .filter(line -> line.contains("# Traces"))
        .findFirst()
        .orElseThrow();
    URI collector = URI.create(example.substring(example.indexOf("http")));
    V1NetworkPolicy policy =
        all(render("overlays/production"), V1NetworkPolicy.class).get(0);
    assertThat(policy.getSpec().getEgress())
        .anySatisfy(rule -> assertThat(rule.getPorts())
            .singleElement()
            .satisfies(
                port -> assertThat(port.getPort().getIntValue()).isEqualTo(collector.getPort())));
  }

  /** As the pod would, with the mounts moved to folders of this test. */
  private Loaded load(String overlay, List<KubernetesObject> objects) throws IOException {
    Map<String, String> files = new HashMap<>(Map.of(
        "secret/client-keys", "shop:0123456789abcdef0123",
        "secret/admin-token", "0123456789abcdef0123",
        "secret/admin-read-token", "read0123456789abcdef",
        "secret/redis-uris", "rediss://:password@redis:26379",
        "secret/upstream-api-key", "key",
        "secret/ledger-encryption-key", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "tls/tls.crt", "x",
        "tls/tls.key", "x",
        "redis-ca/ca.crt", "x"));
    all(objects, V1Secret.class)
        .forEach(secret -> secret
            .getData()
            .forEach((name, bytes) ->
                files.put("secret/" + name, new String(bytes, StandardCharsets.UTF_8))));
    for (var file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    String yaml = named(objects, V1ConfigMap.class, "payonce").getData().get("payonce.yaml");
    Path file = Files.writeString(
        folder.resolve("payonce.yaml"), yaml.replace("/etc/payonce", folder.toString()));
    return Settings.load(Optional.of(file), Map.of(), Profile.SERVE);
  }

  static <T> T named(List<KubernetesObject> objects, Class<T> type, String name) {
    return type.cast(objects.stream()
        .filter(type::isInstance)
        .filter(object -> name.equals(object.getMetadata().getName()))
        .findFirst()
        .orElseThrow());
  }

  static <T> List<T> all(List<KubernetesObject> objects, Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  static List<KubernetesObject> render(String overlay) throws IOException {
    List<KubernetesObject> objects = new ArrayList<>();
    for (Object object : Yaml.loadAll(
        RENDERED.computeIfAbsent(overlay, of -> run("kubectl", "kustomize", "k8s/" + of)))) {
      objects.add((KubernetesObject) object);
    }
    return objects;
  }

  /** What it says, null when it cannot be run or fails. */
  static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command)
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0 ? said : null;
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
