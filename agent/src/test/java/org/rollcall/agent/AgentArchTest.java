package org.rollcall.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "org.rollcall.agent",
    importOptions = ImportOption.DoNotIncludeTests.class)
class AgentArchTest {
  /** The root package may hand the event loops from one to the other. */
  @ArchTest
  static final ArchRule nettyStaysInUplinkAndReachAndPjlink =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "..agent.uplink..",
              "..agent.reach..",
              "..agent.pjlink..",
              "..agent.status..",
              "..agent.throughput..",
              "org.rollcall.agent")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..");

  @ArchTest
  static final ArchRule snmp4jStaysInSnmp =
      noClasses()
          .that()
          .resideOutsideOfPackage("..agent.snmp..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.snmp4j..");

  @ArchTest
  static final ArchRule picocliStaysAtTheTop =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.rollcall.agent")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("org.rollcall.agent.(*)..").should().beFreeOfCycles();
}
