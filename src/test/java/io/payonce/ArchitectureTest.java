package io.payonce;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.payonce.model.Intent;
import io.payonce.model.PaymentId;
import io.payonce.rule.History;

/** The picture of the house in {@code io.payonce}'s package-info, held against the code. */
@AnalyzeClasses(packages = "io.payonce", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule each_layer_sees_only_those_below_it = layeredArchitecture()
      .consideringOnlyDependenciesInLayers()
      .layer("main")
      .definedBy("io.payonce")
      .layer("server")
      .definedBy("io.payonce.server..")
      .layer("sandbox")
      .definedBy("io.payonce.sandbox..")
      .layer("flow")
      .definedBy("io.payonce.flow..")
      .layer("vault")
      .definedBy("io.payonce.vault..")
      .layer("ledger")
      .definedBy("io.payonce.ledger..")
      .layer("platform")
      .definedBy("io.payonce.platform..")
      .layer("limit")
      .definedBy("io.payonce.limit..")
      .layer("settings")
      .definedBy("io.payonce.settings..")
      .layer("redis")
      .definedBy("io.payonce.redis..")
      .layer("signing")
      .definedBy("io.payonce.signing..")
      .layer("file")
      .definedBy("io.payonce.file..")
      .layer("dns")
      .definedBy("io.payonce.dns..")
      .layer("rule")
      .definedBy("io.payonce.rule..")
      .layer("json")
      .definedBy("io.payonce.json..")
      .layer("model")
      .definedBy("io.payonce.model..")
      .whereLayer("main")
      .mayNotBeAccessedByAnyLayer()
      .whereLayer("server")
      .mayOnlyBeAccessedByLayers("main")
      .whereLayer("sandbox")
      .mayOnlyBeAccessedByLayers("main")
      .whereLayer("flow")
      .mayOnlyBeAccessedByLayers("server")
      .whereLayer("vault")
      .mayOnlyBeAccessedByLayers("server")
      .whereLayer("ledger")
      .mayOnlyBeAccessedByLayers("flow", "server", "vault")
      .whereLayer("platform")
      .mayOnlyBeAccessedByLayers("flow", "server", "vault")
      .whereLayer("limit")
      .mayOnlyBeAccessedByLayers("flow", "server")
      .whereLayer("settings")
      .mayOnlyBeAccessedByLayers("main", "server")
      .whereLayer("redis")
      .mayOnlyBeAccessedByLayers("main", "server", "ledger", "vault", "limit")
      .whereLayer("signing")
      .mayOnlyBeAccessedByLayers("main", "server", "platform", "sandbox", "file")
      .whereLayer("file")
      .mayOnlyBeAccessedByLayers("server", "platform", "redis")
      .whereLayer("dns")
      .mayOnlyBeAccessedByLayers("platform", "redis")
      .whereLayer("rule")
      .mayOnlyBeAccessedByLayers("main", "server", "flow", "ledger", "platform", "limit")
      .whereLayer("json")
      .mayOnlyBeAccessedByLayers("main", "server", "flow", "platform", "ledger", "sandbox")
      .whereLayer("model")
      .mayOnlyBeAccessedByLayers(
          "main",
          "server",
          "sandbox",
          "flow",
          "ledger",
          "platform",
          "vault",
          "rule",
          "json",
          "limit");

  @ArchTest
  static final ArchRule no_cycles =
      slices().matching("io.payonce.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule rules_know_no_clock_no_chance_and_no_event_loop = noClasses()
      .that()
      .resideInAnyPackage("io.payonce.rule..", "io.payonce.model..", "io.payonce.json..")
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
      .resideInAnyPackage("java..", "io.payonce.model..");

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
      .resideInAPackage("io.payonce.ledger..");

  @ArchTest
  static final ArchRule only_the_machine_writes_history = noClasses()
      .that()
      .resideOutsideOfPackage("io.payonce.rule..")
      .should()
      .callConstructorWhere(com.tngtech.archunit.base.DescribedPredicate.describe(
          "a history is made", call -> call.getTargetOwner().isEquivalentTo(History.class)));

  @ArchTest
  static final ArchRule flows_name_payments_by_the_scope = noClasses()
      .that()
      .resideInAPackage("io.payonce.flow..")
      .should()
      .callConstructor(PaymentId.class, String.class, String.class)
      .because("whose an id is depends on orders.scope: Scope.id() and PaymentId.other() know it");

  @ArchTest
  static final ArchRule nobody_blocks_an_event_loop = noClasses()
      .that()
      .resideOutsideOfPackages("io.payonce", "io.payonce.redis..")
      .should()
      .callMethod(Thread.class, "sleep", long.class);

  @ArchTest
  static final ArchRule jackson_3_stays_off_the_class_path =
      noClasses().should().dependOnClassesThat().resideInAPackage("tools.jackson..");
}
