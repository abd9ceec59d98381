package io.payonce;

import static io.payonce.K8sOverlaysTest.all;
import static io.payonce.K8sOverlaysTest.named;
import static io.payonce.K8sOverlaysTest.render;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import io.payonce.settings.Loaded;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Each component is added to production and rendered; what it promises is then there. */
class K8sComponentsTest {
  private static final Path COMPONENTS = Path.of("k8s/components");

  @BeforeAll
  static void isThereKubectl() {
    K8sOverlaysTest.isThereKubectl();
  }

  static List<String> components() throws IOException {
    try (Stream<Path> folders = Files.list(COMPONENTS)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("components")
  void has_a_line_in_the_readme_and_renders_with_production_and_the_demo(String component)
      throws IOException {
    assertThat(Files.readString(Path.of("k8s/README.md")))
        .contains("| `components/" + component + "` | ");
    assertThat(rendered(component, "overlays/production")).contains("kind: Deployment");
    assertThat(rendered(component, "overlays/demo")).contains("kind: Deployment");
  }

  @Test
  void on_openshift_the_cluster_chooses_the_ids() throws IOException {
    List<KubernetesObject> objects = render(overlay("openshift", "overlays/production"));
    var security = named(objects, V1Deployment.class, "payonce")
        .getSpec()
        .getTemplate()
        .getSpec()
        .getSecurityContext();
    assertThat(security.getRunAsNonRoot()).isTrue();
    assertThat(security.getRunAsUser()).isNull();
    assertThat(security.getRunAsGroup()).isNull();
    assertThat(security.getFsGroup()).isNull();
    assertThat(ports(objects)).contains(5353);
  }

  @Test
  void with_nodelocal_dns_pods_may_ask_their_node() throws IOException {
    List<KubernetesObject> objects = render(overlay("dns-nodelocal", "overlays/production"));
    assertThat(policy(objects).getSpec().getEgress()).anySatisfy(rule -> {
      assertThat(rule.getTo()).anySatisfy(to -> assertThat(to.getIpBlock()).isNotNull());
      assertThat(rule.getPorts())
          .allSatisfy(port -> assertThat(port.getPort().getIntValue()).isEqualTo(53));
    });
  }

  @Test
  void with_an_egress_proxy_there_is_no_other_way_out() throws IOException {
    List<KubernetesObject> objects = render(overlay("egress-proxy", "overlays/production"));
    URI proxy = named(objects, V1Deployment.class, "payonce")
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .get(0)
        .getEnv()
        .stream()
        .filter(variable -> variable.getName().equals("PAYONCE_UPSTREAM_PROXY"))
        .map(variable -> URI.create(variable.getValue()))
        .findFirst()
        .orElseThrow();
    assertThat(ports(objects)).contains(53, 6379, proxy.getPort()).doesNotContain(443);
    assertThat(policy(objects).getSpec().getEgress())
        .filteredOn(rule -> rule.getTo().stream().anyMatch(to -> to.getIpBlock() != null))
        .singleElement()
        .satisfies(rule -> assertThat(rule.getTo())
            .extracting(to -> to.getIpBlock().getCidr())
            .containsExactly(proxy.getHost() + "/32"));
    assertThat(Settings.load(
            Optional.empty(), Map.of("PAYONCE_UPSTREAM_PROXY", proxy.toString()), Profile.SANDBOX))
        .isInstanceOf(Loaded.Ready.class);
  }

  @Test
  void payments_in_flight_are_a_second_metric() throws IOException {
    List<KubernetesObject> objects = render(overlay("scale-in-flight", "overlays/production"));
    assertThat(all(objects, V2HorizontalPodAutoscaler.class).get(0).getSpec().getMetrics())
        .extracting(metric -> metric.getType())
        .containsExactly("Resource", "Pods");
  }

  @Test
  void the_internet_reaches_the_webhook_port_and_no_other() throws IOException {
    List<KubernetesObject> objects = render(overlay("webhook", "overlays/production"));
    var container = named(objects, V1Deployment.class, "payonce")
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .get(0);
    assertThat(container.getPorts())
        .extracting(port -> port.getName())
        .containsExactlyInAnyOrder("http", "admin", "webhook");
    assertThat(container.getReadinessProbe().getHttpGet().getPort().getStrValue())
        .isEqualTo("admin");
    var ports = named(objects, V1Service.class, "payonce-webhook").getSpec().getPorts();
    assertThat(ports)
        .singleElement()
        .satisfies(port -> assertThat(port.getTargetPort().getStrValue()).isEqualTo("webhook"));
    assertThat(policy(objects).getSpec().getIngress())
        .filteredOn(rule -> rule.getPorts().get(0).getPort().getStrValue().equals("webhook"))
        .singleElement()
        .satisfies(rule -> {
          assertThat(rule.getPorts()).hasSize(1);
          assertThat(rule.getFrom()).isNotEmpty();
        });
    Map<String, String> env = new HashMap<>();
    container.getEnv().forEach(each -> env.put(each.getName(), each.getValue()));
    Path secrets = Files.createDirectories(Path.of("target/k8s/webhook-secrets"));
    env.replaceAll((name, value) -> value.replace("/etc/payonce/secret", secrets.toString()));
    Files.writeString(secrets.resolve("webhook-secret"), "the-platforms-signing-secret");
    Files.writeString(secrets.resolve("notify-secret"), "what-our-callers-check-with");
    env.put("PAYONCE_WEBHOOK_PUBLIC_URL", "https://pay.example.com/webhook");
    Settings settings = Settings.load(Optional.empty(), env, Profile.SANDBOX).orThrow();
    assertThat(settings.webhook().port())
        .contains(container.getPorts().stream()
            .filter(port -> port.getName().equals("webhook"))
            .findFirst()
            .orElseThrow()
            .getContainerPort());
    assertThat(settings.webhook().secret()).isPresent();
    assertThat(settings.notifications().secret()).isPresent();
  }

  @Test
  void the_pod_monitor_asks_the_admin_port_with_a_token_that_exists() throws IOException {
    Map<String, Object> monitor = yaml(COMPONENTS.resolve("prometheus-operator/podmonitor.yaml"));
    Map<String, Object> spec = map(monitor.get("spec"));
    Map<String, Object> endpoint = map(((List<?>) spec.get("podMetricsEndpoints")).get(0));
    assertThat(endpoint).containsEntry("port", "admin").containsEntry("path", "/metrics");
    Map<String, Object> secret = map(map(endpoint.get("authorization")).get("credentials"));
    // Its whole value is sent: a list of operators' tokens, as admin-token may be, would be none.
    assertThat(secret).containsEntry("name", "payonce").containsEntry("key", "admin-read-token");
    assertThat(Files.readString(Path.of("k8s/base/secret.yaml.template")))
        .contains("\n  " + secret.get("key") + ": ");
    for (String of : List.of("base", "overlays/production", "overlays/demo")) {
      assertThat(Files.readString(Path.of("k8s", of, "payonce.yaml")))
          .contains("\n  readTokenFile: /etc/payonce/secret/" + secret.get("key") + "\n");
    }
    assertThat(map(map(spec.get("selector")).get("matchLabels")))
        .isEqualTo(Map.of("app.kubernetes.io/name", "payonce"));
  }

  @Test
  void the_one_file_for_use_without_kustomize_is_the_base() throws IOException {
    String base = K8sOverlaysTest.run("kubectl", "kustomize", "k8s/base");
    Rendered.file(Path.of("k8s/payonce.yaml"), HEAD + base);
  }

  private static final String HEAD = """
      # k8s/base in one file, for use without kustomize; made from it, see K8sComponentsTest. Bring the
      # secret first (base/secret.yaml.template), put your image's name in, look through the ConfigMap, then:
      #   kubectl create namespace payonce && kubectl apply -n payonce -f payonce.yaml
      """;

  private static V1NetworkPolicy policy(List<KubernetesObject> objects) {
    return all(objects, V1NetworkPolicy.class).get(0);
  }

  private static List<Integer> ports(List<KubernetesObject> objects) {
    return policy(objects).getSpec().getEgress().stream()
        .flatMap(rule -> rule.getPorts().stream())
        .map(port -> port.getPort().getIntValue())
        .toList();
  }

  private static String rendered(String component, String onto) throws IOException {
    String rendered =
        K8sOverlaysTest.run("kubectl", "kustomize", "k8s/" + overlay(component, onto));
    return rendered == null ? "" : rendered;
  }

  /** An overlay as an adopter would write it; its path from k8s/. */
  private static String overlay(String component, String onto) throws IOException {
    Path folder = Path.of("target/k8s", onto.replace('/', '-'), component);
    Files.createDirectories(folder);
    String up = "../../../../k8s/";
    Files.writeString(folder.resolve("kustomization.yaml"), """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources: [%s%s]
        components: [%scomponents/%s]
        """.formatted(up, onto, up, component));
    return "../" + folder;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  private static Map<String, Object> yaml(Path file) throws IOException {
    return map(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
  }
}
