package io.payonce;

import static io.payonce.K8sOverlaysTest.all;
import static io.payonce.K8sOverlaysTest.named;
import static io.payonce.K8sOverlaysTest.render;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1NetworkPolicyPort;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Whatever one rendered object says of another is so. */
class K8sReferencesTest {
  /** What an adopter brings; the README says how. */
  private static final Set<String> BROUGHT = Set.of("payonce", "payonce-tls", "payonce-redis-ca");

  @BeforeAll
  static void isThereKubectl() {
    K8sOverlaysTest.isThereKubectl();
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/demo", "overlays/production"})
  void every_selector_finds_a_pod_and_every_port_name_is_one_of_its(String overlay)
      throws IOException {
    List<KubernetesObject> objects = render(overlay);
    for (V1Service service : all(objects, V1Service.class)) {
      V1PodTemplateSpec pod = podWith(objects, service.getSpec().getSelector());
      service.getSpec().getPorts().stream()
          .filter(port -> port.getTargetPort() != null)
          .forEach(
              port -> assertThat(portNames(pod)).contains(port.getTargetPort().getStrValue()));
    }
    for (V1PodDisruptionBudget budget : all(objects, V1PodDisruptionBudget.class)) {
      podWith(objects, budget.getSpec().getSelector().getMatchLabels());
    }
    for (V1NetworkPolicy policy : all(objects, V1NetworkPolicy.class)) {
      V1PodTemplateSpec pod = podWith(objects, policy.getSpec().getPodSelector().getMatchLabels());
      assertThat(policy.getSpec().getIngress().stream()
              .flatMap(rule -> rule.getPorts().stream())
              .map(port -> port.getPort().getStrValue()))
          .containsExactlyInAnyOrderElementsOf(portNames(pod));
    }
    for (V2HorizontalPodAutoscaler scaler : all(objects, V2HorizontalPodAutoscaler.class)) {
      var target = scaler.getSpec().getScaleTargetRef();
      assertThat(target.getKind()).isEqualTo("Deployment");
      named(objects, V1Deployment.class, target.getName());
      assertThat(scaler.getSpec().getMinReplicas()).as("a pod may go").isGreaterThan(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/demo", "overlays/production"})
  void what_a_pod_mounts_or_is_called_exists_or_is_to_be_brought(String overlay)
      throws IOException {
    List<KubernetesObject> objects = render(overlay);
    for (V1PodTemplateSpec pod : pods(objects).toList()) {
      String account = pod.getSpec().getServiceAccountName();
      if (account != null) {
        assertThat(
                named(objects, V1ServiceAccount.class, account).getAutomountServiceAccountToken())
            .isFalse();
      }
      for (var volume : orEmpty(pod.getSpec().getVolumes())) {
        if (volume.getConfigMap() != null) {
          named(objects, V1ConfigMap.class, volume.getConfigMap().getName());
        }
        if (volume.getSecret() != null) {
          String name = volume.getSecret().getSecretName();
          boolean made = all(objects, V1Secret.class).stream()
              .anyMatch(secret -> name.equals(secret.getMetadata().getName()));
          assertThat(made || BROUGHT.contains(name)).as(name).isTrue();
        }
      }
    }
  }

  /** Pod Security "restricted", which the demo's namespace enforces. */
  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/demo", "overlays/production"})
  void every_pod_keeps_to_the_restricted_profile(String overlay) throws IOException {
    assertThat(pods(render(overlay))).isNotEmpty().allSatisfy(pod -> {
      var security = pod.getSpec().getSecurityContext();
      assertThat(security.getRunAsNonRoot()).isTrue();
      assertThat(security.getRunAsUser()).isPositive();
      assertThat(security.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
      assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
      assertThat(pod.getSpec().getHostNetwork()).isNull();
      assertThat(pod.getSpec().getContainers()).allSatisfy(container -> {
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getCapabilities().getDrop())
            .containsExactly("ALL");
        assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
        assertThat(container.getResources().getLimits()).containsKey("memory");
      });
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"overlays/demo", "overlays/production"})
  void an_overlays_configuration_says_all_that_the_base_says(String overlay) throws IOException {
    Map<String, Object> base = keys(Files.readString(Path.of("k8s/base/payonce.yaml")));
    Map<String, Object> own =
        keys(named(render(overlay), V1ConfigMap.class, "payonce").getData().get("payonce.yaml"));
    assertThat(own.keySet()).containsAll(base.keySet());
    assertThat(own)
        .as("the grace period, the ports and the mounts are those of the base")
        .containsAllEntriesOf(base.entrySet().stream()
            .filter(entry -> !Set.of("redis.mode", "upstream.baseUrl").contains(entry.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  @Test
  void production_lets_out_to_all_that_its_configuration_names() throws IOException {
    V1NetworkPolicy policy =
        all(render("overlays/production"), V1NetworkPolicy.class).get(0);
    assertThat(policy.getSpec().getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
    assertThat(policy.getSpec().getEgress().stream()
            .flatMap(rule -> rule.getPorts().stream())
            .map(V1NetworkPolicyPort::getPort)
            .map(port -> port.getIntValue()))
        .containsOnly(53, 6379, 26379, 443, 4318);
    assertThat(policy.getSpec().getEgress())
        .as("nobody is let out to everywhere")
        .allSatisfy(rule -> assertThat(rule.getTo()).isNotEmpty());
  }

  /** Every pod template of a rendering. */
  private static Stream<V1PodTemplateSpec> pods(List<KubernetesObject> objects) {
    return Stream.concat(
        all(objects, V1Deployment.class).stream().map(one -> one.getSpec().getTemplate()),
        all(objects, V1StatefulSet.class).stream().map(one -> one.getSpec().getTemplate()));
  }

  private static V1PodTemplateSpec podWith(
      List<KubernetesObject> objects, Map<String, String> labels) {
    List<V1PodTemplateSpec> found = pods(objects)
        .filter(pod -> pod.getMetadata().getLabels().entrySet().containsAll(labels.entrySet()))
        .toList();
    assertThat(found).as("pods with %s", labels).hasSize(1);
    return found.get(0);
  }

  private static List<String> portNames(V1PodTemplateSpec pod) {
    return pod.getSpec().getContainers().stream()
        .flatMap(container -> container.getPorts().stream())
        .map(port -> port.getName())
        .toList();
  }

  private static <T> List<T> orEmpty(List<T> list) {
    return list == null ? List.of() : list;
  }

  /** Every key of a configuration with its value. */
  private static Map<String, Object> keys(String yaml) {
    Map<?, ?> root = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
    return root.entrySet().stream()
        .flatMap(section -> ((Map<?, ?>) section.getValue())
            .entrySet().stream()
                .map(entry -> Map.entry(
                    section.getKey() + "." + entry.getKey(), String.valueOf(entry.getValue()))))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
