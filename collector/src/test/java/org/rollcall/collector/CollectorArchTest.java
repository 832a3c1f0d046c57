package org.rollcall.collector;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

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
  static final ArchRule influxStaysInItsStore =
      only("..collector.store.influx..", "org.influxdb..", "okhttp3..", "okio..", "retrofit2..");

  @ArchTest
  static final ArchRule sqlStaysInDatabase =
      only("..collector.database..", "org.flywaydb..", "org.sqlite..", "java.sql..", "javax.sql..");

  /** Bouncy Castle's certificates; its password hashing is used by the accounts. */
  @ArchTest
  static final ArchRule certificatesStayInIdentity =
      only(
          "..collector.identity..",
          "org.bouncycastle.cert..",
          "org.bouncycastle.openssl..",
          "org.bouncycastle.operator..");

  /** OpenPDF is seen where paper is made; a proof's certificate is paper too. */
  @ArchTest
  static final ArchRule pdfStaysOnPaper =
      noClasses()
          .that()
          .resideOutsideOfPackages("..collector.paper..", "..collector.proof..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.lowagie..");

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

  @Test
  void testsUseRealPartsOrFakesAndNoMocks() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.mockito..", "org.easymock..", "mockit..", "org.powermock..")
        .check(new ClassFileImporter().importPackages("org.rollcall.collector"));
  }

  private static ArchRule only(String where, String... libraries) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(where)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries);
  }
}
