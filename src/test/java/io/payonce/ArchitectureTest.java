package io.payonce;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.payonce.limit.AdaptiveLimit;
import io.payonce.limit.Breaker;
import io.payonce.limit.MerchantRate;
import io.payonce.limit.RetryBudget;
import io.payonce.model.Intent;
import io.payonce.model.PaymentId;
import io.payonce.recovery.History;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The map in {@code io.payonce}'s package-info, held against the code. */
@AnalyzeClasses(packages = "io.payonce", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /**
   * A package, and after it the packages it may see. The stores of payments and the platform's
   * client are seen by {@code wiring} alone. Three rows see more of Redis than ports, and why:
   * {@code worker} opens and closes the connections of its event loop and runs the jobs of
   * {@code ledger.maintenance}; {@code telemetry} and {@code admin} show what those found and how
   * the connections are, in words of their own enums.
   */
  private static final String MAY_SEE = """
      main               command sandbox
      sandbox            command http.server redis.failure sandbox.http sandbox.request settings settings.source wiring
      sandbox.http       sandbox.bank sandbox.request sandbox.script sandbox.signature signing
      sandbox.bank       sandbox.request sandbox.script
      sandbox.request    sandbox.signature signing
      sandbox.signature  signing tls
      sandbox.script
      command            codes flow.operator http.server json outcome outcome.report settings settings.source wiring
      wiring             admin codes credentials dns flow flow.engine flow.operator flow.port http http.server json ledger.journal ledger.maintenance ledger.redis ledger.sealing limit model outcome outcome.http outcome.report platform platform.http recovery redis redis.failure renewal settings settings.source signing telemetry tls validation webhook worker
      admin              codes flow.operator flow.port http.server json ledger model outcome outcome.report recovery redis redis.failure settings settings.source telemetry
      webhook            flow flow.port http http.server json ledger model telemetry worker
      http               flow flow.port http.server json model redis settings settings.source telemetry tls worker
      worker             flow flow.port ledger ledger.maintenance limit model outcome platform recovery redis redis.failure renewal telemetry
      telemetry          codes credentials flow.port http.server json ledger ledger.maintenance ledger.sealing limit model outcome platform recovery redis redis.failure settings
      http.server        flow.port json model
      flow               codes flow.engine flow.port json ledger limit model platform recovery validation
      flow.operator      codes flow flow.engine flow.port json ledger model outcome outcome.report platform recovery validation
      flow.engine        codes flow.port json ledger limit model platform recovery validation
      flow.port          codes json ledger limit model platform recovery
      limit              codes model platform redis
      renewal            codes credentials ledger ledger.sealing model platform redis
      ledger.journal     ledger ledger.redis ledger.sealing model outcome recovery redis
      ledger.maintenance ledger ledger.redis ledger.sealing model recovery redis redis.failure
      ledger.redis       ledger ledger.sealing model recovery redis redis.failure validation
      ledger.sealing     ledger model
      outcome.report     codes json ledger model outcome
      outcome.http       dns model outcome tls
      ledger             model recovery
      outcome            dns json ledger model
      platform.http      codes credentials dns model platform signing tls
      platform           codes model
      credentials        codes signing
      recovery           codes model
      validation         codes model
      codes              model
      json               model
      redis              dns redis.failure tls
      redis.failure
      settings           model settings.source tls
      settings.source    dns model
      signing            tls
      tls
      dns
      model
      """;

  /** The main class. */
  private static final Map<String, Integer> SMALL = Map.of("main", 1);

  private static final int LEAST = 5;
  private static final int MOST = 25;

  /** Words that once stood for several things each. */
  private static final Pattern OLD_WORDS =
      Pattern.compile("(Copy|Copies|Door|Desk|Wish|Asker|Nudge|Told|Away|Hold)(?![a-z])");

  private static final Map<String, Set<String>> SEES = MAY_SEE
      .strip()
      .lines()
      .map(line -> line.strip().split("\\s+"))
      .collect(Collectors.toMap(
          words -> words[0], words -> Set.copyOf(Arrays.asList(words).subList(1, words.length))));

  @ArchTest
  static void each_package_sees_only_those_of_its_line(JavaClasses all) {
    assertThat(types(all)
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(each -> isOurs(each.getTargetClass()))
            .filter(each -> !room(each.getTargetClass()).equals(room(each.getOriginClass())))
            .filter(each -> !SEES.getOrDefault(room(each.getOriginClass()), Set.of())
                .contains(room(each.getTargetClass())))
            .map(each -> room(each.getOriginClass()) + " may not see " + room(each.getTargetClass())
                + ": " + each.getDescription())
            .limit(20))
        .isEmpty();
  }

  @ArchTest
  static void each_package_has_its_line(JavaClasses all) {
    assertThat(types(all).map(ArchitectureTest::room).collect(Collectors.toSet()))
        .isEqualTo(SEES.keySet());
  }

  @ArchTest
  static void packages_are_neither_crumbs_nor_heaps(JavaClasses all) {
    types(all)
        .filter(JavaClass::isTopLevelClass)
        .filter(type -> !type.getSimpleName().equals("package-info"))
        .collect(Collectors.groupingBy(ArchitectureTest::room, Collectors.counting()))
        .forEach((room, count) -> assertThat(count)
            .as("types of " + room)
            .isBetween((long) SMALL.getOrDefault(room, LEAST), (long) MOST));
  }

  @ArchTest
  static void no_type_has_a_word_of_many_meanings(JavaClasses all) {
    assertThat(types(all).filter(type -> OLD_WORDS.matcher(type.getSimpleName()).find()))
        .isEmpty();
  }

  @ArchTest
  static void no_two_types_share_a_name(JavaClasses all) {
    List<String> names = types(all)
        .filter(JavaClass::isTopLevelClass)
        .map(JavaClass::getSimpleName)
        .filter(name -> !name.equals("package-info"))
        .toList();
    assertThat(names).doesNotHaveDuplicates();
  }

  @ArchTest
  static final ArchRule no_cycles =
      slices().matching("io.payonce.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule rules_know_no_clock_no_chance_and_no_event_loop = noClasses()
      .that()
      .resideInAnyPackage(
          "io.payonce.recovery",
          "io.payonce.codes",
          "io.payonce.validation",
          "io.payonce.json",
          "io.payonce.model")
      .or()
      .belongToAnyOf(Breaker.class, AdaptiveLimit.class, MerchantRate.class, RetryBudget.class)
      .should()
      .callMethod(System.class, "currentTimeMillis")
      .orShould()
      .callMethod(System.class, "nanoTime")
      .orShould()
      .dependOnClassesThat()
      .haveFullyQualifiedName("java.util.Random")
      .orShould()
      .dependOnClassesThat()
      .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
      .orShould()
      .dependOnClassesThat()
      .resideInAPackage("io.vertx..");

  @ArchTest
  static final ArchRule things_are_made_of_the_jdk_alone = classes()
      .that()
      .resideInAPackage("io.payonce.model..")
      .should()
      .onlyDependOnClassesThat()
      .resideInAnyPackage("java..", "javax.crypto..", "io.payonce.model..");

  @ArchTest
  static final ArchRule flows_know_of_vertx_only_futures = noClasses()
      .that()
      .resideInAPackage("io.payonce.flow..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(
          "io.vertx.core.http..",
          "io.vertx.core.net..",
          "io.vertx.core.eventbus..",
          "io.vertx.redis..",
          "io.vertx.ext..")
      .orShould()
      .dependOnClassesThat()
      .haveFullyQualifiedName("io.vertx.core.Vertx")
      .orShould()
      .dependOnClassesThat()
      .haveFullyQualifiedName("io.vertx.core.Context");

  @ArchTest
  static final ArchRule only_the_ledger_makes_intents = classes()
      .that()
      .areAssignableTo(Intent.Mint.class)
      .and()
      .doNotHaveFullyQualifiedName(Intent.Mint.class.getName())
      .should()
      .resideInAPackage("io.payonce.ledger.redis");

  @ArchTest
  static final ArchRule only_the_machine_writes_history = noClasses()
      .that()
      .resideOutsideOfPackage("io.payonce.recovery")
      .should()
      .callConstructorWhere(DescribedPredicate.describe(
          "a history is made", call -> call.getTargetOwner().isEquivalentTo(History.class)));

  @ArchTest
  static final ArchRule flows_name_payments_by_the_scope = noClasses()
      .that()
      .resideInAPackage("io.payonce.flow..")
      .should()
      .callConstructor(PaymentId.class, String.class, String.class)
      .because("whose an id is depends on orders.scope: Scope.id() and PaymentId.other() know it");

  @ArchTest
  static final ArchRule no_code_blocks_an_event_loop = noClasses()
      .that()
      .resideOutsideOfPackages("io.payonce.sandbox", "io.payonce.command", "io.payonce.redis..")
      .should()
      .callMethod(Thread.class, "sleep", long.class);

  @ArchTest
  static final ArchRule jackson_3_stays_off_the_class_path =
      noClasses().should().dependOnClassesThat().resideInAPackage("tools.jackson..");

  private static final int WIDEST = 7;

  /**
   * Each is made in one place and read by name: members of a body or of a document
   * ({@code Envelope}, {@code RequestFields}), keys of the configuration, figures of a page, parts
   * of a component.
   */
  private static final Set<String> WIDER = Set.of(
      "model.Envelope",
      "model.RequestFields",
      "outcome.report.OutcomeTotals$Line",
      "sandbox.bank.Charge",
      "sandbox.http.ReceivedRequest",
      "sandbox.http.SentWebhook",
      "sandbox.request.SimRequest",
      "sandbox.script.Step",
      "settings.Settings",
      "settings.Settings$Account",
      "settings.Settings$Recovery",
      "settings.Settings$Redis",
      "settings.Settings$Renewal",
      "settings.Settings$Server",
      "settings.Settings$Session",
      "settings.Settings$Upstream",
      "telemetry.LimitsSnapshot");

  @ArchTest
  static void a_record_has_no_more_parts_than_a_reader_can_hold(JavaClasses all) {
    Set<String> wide = types(all)
        .filter(JavaClass::isRecord)
        .filter(type -> type.reflect().getRecordComponents().length > WIDEST)
        .filter(type -> !type.getSimpleName().endsWith("Json")) // a document's members
        .map(type -> type.getName().substring("io.payonce.".length()))
        .collect(Collectors.toSet());
    assertThat(wide).containsExactlyInAnyOrderElementsOf(WIDER);
  }

  private static Stream<JavaClass> types(JavaClasses all) {
    return all.stream().filter(ArchitectureTest::isOurs);
  }

  private static boolean isOurs(JavaClass type) {
    return type.getPackageName().equals("io.payonce")
        || type.getPackageName().startsWith("io.payonce.");
  }

  /** The package's name below ours; {@code main} for the first one. */
  private static String room(JavaClass type) {
    return type.getPackageName().equals("io.payonce")
        ? "main"
        : type.getPackageName().substring("io.payonce.".length());
  }
}
