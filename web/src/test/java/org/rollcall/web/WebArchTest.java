package org.rollcall.web;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.rollcall.web", importOptions = DoNotIncludeTests.class)
class WebArchTest {
  @ArchTest
  static final ArchRule vertxStaysInTheHttpPackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.rollcall.web.http..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx..");

  @ArchTest
  static final ArchRule commandLineParsingStaysWithTheCommands =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.rollcall.web.command..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule databasesAreAskedThroughTheCollector =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "org.jdbi..", "io.questdb..", "io.netty..");

  @ArchTest
  static final ArchRule openIdConnectStaysInItsPackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.rollcall.web.oidc..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.nimbusds..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("org.rollcall.web.(*)..").should().beFreeOfCycles();
}
