package io.payonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ContainerPort;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import io.kubernetes.client.util.Yaml;
import io.payonce.command.ServeCommand;
import io.payonce.settings.Loaded;
import io.payonce.settings.Loaded.Faulty;
import io.payonce.settings.Loaded.Ready;
import io.payonce.settings.Profile;
import io.payonce.settings.Settings;
import io.payonce.settings.source.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The base is parsed strictly and must agree with itself and with the program. */
class K8sManifestsTest {
  private static final Path K8S = Path.of("k8s/base");
  private static final Path DOCKERFILE = Path.of("k8s/Dockerfile");

  /** Not for the cluster: one is for kustomize, the other for Payonce itself. */
  private static final Set<String> OTHERS = Set.of("kustomization.yaml", "payonce.yaml");

  /** What an operator would fill in; each form is one that the program accepts. */
  private static final Map<String, String> FILLED_IN = Map.of(
      "client-keys", "shop:0123456789abcdef0123",
      "admin-token", "0123456789abcdef0123",
      "admin-read-token", "read0123456789abcdef",
      "redis-uris", "redis://:password@redis:6379",
      "upstream-api-key", "key",
      "ledger-encryption-key", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");

  /** The parser complains of its own models at each load; held here so that it stays silent. */
  private static final Logger PARSER = Logger.getLogger("org.yaml.snakeyaml");

  @TempDir
  Path folder;

  @BeforeAll
  static void silenceTheParser() {
    PARSER.setLevel(Level.OFF);
  }

  @Test
  void every_manifest_parses_strictly_and_carries_the_same_labels() throws IOException {
    List<Object> objects = new ArrayList<>();
    try (Stream<Path> files = Files.list(K8S)) {
      for (Path file : files.filter(K8sManifestsTest::isManifest).sorted().toList()) {
        List<Object> parsed = Yaml.loadAll(file.toFile());
        assertThat(parsed).as(file.toString()).isNotEmpty();
        objects.addAll(parsed);
      }
    }
    assertThat(objects).hasSize(7).allSatisfy(object -> {
      var metadata = ((KubernetesObject) object).getMetadata();
      assertThat(metadata.getName()).isEqualTo("payonce");
      assertThat(metadata.getLabels()).containsEntry("app.kubernetes.io/name", "payonce");
    });
  }

  @Test
  void the_parser_used_here_is_strict_enough_to_catch_a_slip() throws IOException {
    String good = Files.readString(K8S.resolve("deployment.yaml"));
    String typo = good.replace("livenessProbe:", "livenesProbe:");
    String type = good.replace("periodSeconds: 10", "periodSeconds: ten");
    assertThatThrownBy(() -> Yaml.loadAll(typo)).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> Yaml.loadAll(type)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void the_config_map_and_the_secret_together_are_a_configuration_that_serve_accepts()
      throws IOException {
    Loaded loaded = load(FILLED_IN);
    assertThat(loaded).isInstanceOf(Ready.class);
    Settings settings = loaded.orThrow();
    assertThat(((Ready) loaded).warnings()).isEmpty();
    assertThat(settings.secretFiles().stream().map(SecretFile::path).map(Path::getFileName))
        .extracting(Path::toString)
        .containsExactlyInAnyOrderElementsOf(secret().getStringData().keySet());
  }

  @Test
  void a_secret_from_before_the_read_token_is_good_enough() throws IOException {
    Map<String, String> before = new HashMap<>(FILLED_IN);
    before.remove("admin-read-token");
    Loaded loaded = load(before);
    assertThat(loaded).isInstanceOf(Ready.class);
    assertThat(((Ready) loaded).warnings()).isEmpty();
    assertThat(loaded.orThrow().admin().readToken()).isEmpty();
    assertThat(loaded.orThrow().admin().token()).hasSize(1);
  }

  @Test
  void a_template_left_as_it_is_stops_the_start() throws IOException {
    Loaded loaded = load(secret().getStringData());
    assertThat(loaded).isInstanceOf(Faulty.class);
    assertThat(((Faulty) loaded).faults())
        .extracting(fault -> fault.key())
        .containsExactlyInAnyOrderElementsOf(List.of(
            "client.keys",
            "admin.token",
            "admin.readToken",
            "redis.uris",
            "upstream.apiKey",
            "ledger.encryptionKey"));
  }

  @Test
  void ports_agree_from_the_service_to_the_settings() throws IOException {
    Settings settings = load(FILLED_IN).orThrow();
    Map<String, Integer> ports = container().getPorts().stream()
        .collect(Collectors.toMap(V1ContainerPort::getName, V1ContainerPort::getContainerPort));
    assertThat(ports)
        .containsOnly(
            Map.entry("http", settings.server().port()),
            Map.entry("admin", settings.admin().port()));
    assertThat(settings.server().host()).isEqualTo("0.0.0.0");
    assertThat(settings.admin().host()).isEqualTo("0.0.0.0");
    var servicePorts = one("service.yaml", V1Service.class).getSpec().getPorts();
    assertThat(servicePorts)
        .singleElement()
        .satisfies(port -> assertThat(port.getTargetPort()).isEqualTo(new IntOrString("http")));
    assertThat(Files.readString(DOCKERFILE))
        .contains("EXPOSE " + settings.server().port() + " " + settings.admin().port());
  }

  @Test
  void the_service_selects_the_pods_and_the_deployment_its_own() throws IOException {
    var spec = deployment().getSpec();
    Map<String, String> labels = spec.getTemplate().getMetadata().getLabels();
    assertThat(labels).containsAllEntriesOf(spec.getSelector().getMatchLabels());
    assertThat(labels)
        .containsAllEntriesOf(one("service.yaml", V1Service.class).getSpec().getSelector());
  }

  @Test
  void probes_ask_the_health_paths_of_the_admin_port() throws IOException {
    V1Container container = container();
    assertThat(pathOf(container.getStartupProbe())).isEqualTo("/health/live");
    assertThat(pathOf(container.getLivenessProbe())).isEqualTo("/health/live");
    assertThat(pathOf(container.getReadinessProbe())).isEqualTo("/health/ready");
  }

  private static String pathOf(V1Probe probe) {
    assertThat(probe.getHttpGet().getPort()).isEqualTo(new IntOrString("admin"));
    return probe.getHttpGet().getPath();
  }

  @Test
  void the_grace_period_leaves_time_for_the_pause_and_the_drain() throws IOException {
    long needed = container().getLifecycle().getPreStop().getSleep().getSeconds() * 1000
        + load(FILLED_IN).orThrow().server().drainMs();
    assertThat(pod().getTerminationGracePeriodSeconds() * 1000).isGreaterThan(needed + 5000);
  }

  @Test
  void mounts_name_volumes_and_the_arguments_name_the_mounted_file() throws IOException {
    Map<String, String> mounts = container().getVolumeMounts().stream()
        .collect(Collectors.toMap(V1VolumeMount::getName, V1VolumeMount::getMountPath));
    assertThat(pod().getVolumes())
        .extracting(volume -> volume.getName())
        .containsExactlyInAnyOrderElementsOf(mounts.keySet());
    assertThat(container().getArgs())
        .containsExactly("serve", "--config", mounts.get("conf") + "/payonce.yaml");
    assertThat(Main.plainly(container().getArgs(), new ServeCommand(Map.of(), folder)))
        .as("starts without the parser")
        .isNotNull();
    assertThat(configuration()).contains("File: " + mounts.get("secret") + "/");
    assertThat(mounts).containsEntry("tmp", "/tmp");
    assertThat(container().getVolumeMounts())
        .extracting(V1VolumeMount::getSubPath)
        .containsOnlyNulls();
  }

  @Test
  void the_pod_runs_without_privileges_and_without_variables_of_services() throws IOException {
    var security = container().getSecurityContext();
    assertThat(security.getReadOnlyRootFilesystem()).isTrue();
    assertThat(security.getAllowPrivilegeEscalation()).isFalse();
    assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(pod().getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod().getAutomountServiceAccountToken()).isFalse();
    assertThat(pod().getEnableServiceLinks()).isFalse();
    assertThat(Files.readString(DOCKERFILE))
        .contains("USER " + pod().getSecurityContext().getRunAsUser() + ":");
    assertThat(pod().getServiceAccountName()).isEqualTo("payonce");
  }

  @Test
  void the_image_holds_the_production_program_and_its_flags_stand_in_one_place()
      throws IOException {
    String dockerfile = Files.readString(DOCKERFILE);
    String layout = Files.readString(Path.of("k8s/image/layout"));
    assertThat(Files.readString(Path.of("pom.xml")))
        .contains("<finalName>payonce</finalName>", "<classifier>production</classifier>");
    assertThat(layout)
        .contains(
            "payonce-production.jar",
            "rm \"$2\"/lib/embedded-redis-*.jar \"$2\"/lib/structured-fields-*.jar");
    assertThat(dockerfile).contains("\"@java.args\", \"-jar\", \"payonce.jar\"", "CMD [\"serve\"]");
    assertThat(dockerfile.lines().filter(line -> line.contains("-XX:"))).isEmpty();
    assertThat(Files.readString(Path.of("k8s/image/java.args")))
        .contains("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-XX:MaxRAMPercentage=");
  }

  /** A pod whose key is not its records' does no work, and no image would be made. */
  @Test
  void the_image_is_trained_by_two_programs_with_one_key() throws IOException {
    String train = Files.readString(Path.of("k8s/image/train"));
    String key = "PAYONCE_LEDGER_ENCRYPTION_KEY=";
    assertThat(train.indexOf("export " + key))
        .isBetween(0, train.indexOf("payonce.jar sandbox"))
        .isEqualTo(train.lastIndexOf(key) - "export ".length());
  }

  @Test
  void what_the_jvm_may_take_fits_into_the_pod() throws IOException {
    String flags = Files.readString(Path.of("k8s/image/java.args"));
    long limit =
        container().getResources().getLimits().get("memory").getNumber().longValue();
    long heap = limit * number(flags, "MaxRAMPercentage=(\\d+)") / 100;
    long direct = number(flags, "MaxDirectMemorySize=(\\d+)m") << 20;
    assertThat(limit - heap - direct)
        .as("for threads, code and classes")
        .isGreaterThanOrEqualTo(128 << 20);
    assertThat(container().getResources().getRequests().get("memory"))
        .as("memory is not lent")
        .isEqualTo(container().getResources().getLimits().get("memory"));
    long processors = number(environment().get("JDK_JAVA_OPTIONS"), "ActiveProcessorCount=(\\d+)");
    assertThat(container().getResources().getRequests().get("cpu").getNumber().doubleValue())
        .isLessThanOrEqualTo(processors);
  }

  private static long number(String text, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    assertThat(found.find()).as(pattern).isTrue();
    return Long.parseLong(found.group(1));
  }

  @Test
  void the_kustomization_names_every_file() throws IOException {
    String kustomization = Files.readString(K8S.resolve("kustomization.yaml"));
    try (Stream<Path> files = Files.list(K8S)) {
      assertThat(files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".yaml") && !name.equals("kustomization.yaml")))
          .allSatisfy(name -> assertThat(kustomization).contains("- " + name));
    }
  }

  /** Loads as the pod would, with the secret's mount moved to a folder of this test. */
  private Loaded load(Map<String, String> secrets) throws IOException {
    for (var secret : secrets.entrySet()) {
      Files.writeString(folder.resolve(secret.getKey()), secret.getValue());
    }
    String yaml = configuration().replace("/etc/payonce/secret", folder.toString());
    Path file = Files.writeString(folder.resolve("payonce.yaml"), yaml);
    return Settings.load(Optional.of(file), environment(), Profile.SERVE);
  }

  private static Map<String, String> environment() throws IOException {
    Map<String, String> env = new LinkedHashMap<>();
    Optional.ofNullable(container().getEnv())
        .ifPresent(list -> list.forEach(entry -> env.put(entry.getName(), entry.getValue())));
    return env;
  }

  private static String configuration() throws IOException {
    return Files.readString(K8S.resolve("payonce.yaml"));
  }

  private static V1Secret secret() throws IOException {
    return one("secret.yaml.template", V1Secret.class);
  }

  private static V1Container container() throws IOException {
    assertThat(pod().getContainers()).hasSize(1);
    return pod().getContainers().get(0);
  }

  private static V1PodSpec pod() throws IOException {
    return deployment().getSpec().getTemplate().getSpec();
  }

  private static V1Deployment deployment() throws IOException {
    return one("deployment.yaml", V1Deployment.class);
  }

  private static <T> T one(String file, Class<T> type) throws IOException {
    List<Object> objects = Yaml.loadAll(K8S.resolve(file).toFile());
    assertThat(objects).singleElement().isInstanceOf(type);
    return type.cast(objects.get(0));
  }

  private static boolean isManifest(Path file) {
    String name = file.getFileName().toString();
    return !OTHERS.contains(name) && (name.endsWith(".yaml") || name.endsWith(".yaml.template"));
  }
}
