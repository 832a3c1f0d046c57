package org.rollcall.collector;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which library may be seen where, so that each can be replaced in one place. */
@AnalyzeClasses(
    packages = "org.rollcall.collector",
    importOptions = ImportOption.DoNotIncludeTests.class)
class CollectorArchTest {
  @ArchTest static final ArchRule nettyStaysInIngest = only("..collector.ingest..", "io.netty..");

  @ArchTest
  static final ArchRule questDbStaysInItsStore =
      only("..collector.store.questdb..", "io.questdb..");

  @ArchTest
  static final ArchRule sqlStaysInDatabase =
      only("..collector.database..", "org.flywaydb..", "org.sqlite..", "java.sql..", "javax.sql..");

  @ArchTest
  static final ArchRule bouncyCastleStaysInIdentity =
      only("..collector.identity..", "org.bouncycastle..");

  @ArchTest
  static final ArchRule noCyclesBetweenPackages =
      slices().matching("org.rollcall.collector.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule noBagsOfOddments =
      noClasses()
          .should()
          .haveNameMatching(".*\\.(util|common|misc|helper|impl)\\..*")
          .orShould()
          .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)");

  private static ArchRule only(String where, String... libraries) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(where)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries);
  }
}
