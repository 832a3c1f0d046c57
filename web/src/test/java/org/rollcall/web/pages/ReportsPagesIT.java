package org.rollcall.web.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.snapshot.KeptFiles;
import org.rollcall.web.TestServer;

/** Documents made, downloaded and stamped by page, in Debian's Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReportsPagesIT {
  private static final String SCHOOL = TestServer.SCHOOLS.get(1);
  private static final byte[] SCAN = "%PDF-1.4 stamped %%EOF".getBytes(StandardCharsets.US_ASCII);

  private TestServer server;
  private Visitors visitors;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = TestServer.start(folder, true);
    visitors = new Visitors(server, "^$");
    visitors.account("bureau", Role.BUREAU, "440307", null);
    visitors.account("school", Role.SCHOOL, null, SCHOOL);
  }

  @AfterAll
  void stop() {
    visitors.close();
    server.close();
  }

  @AfterEach
  void nothingWentWrong() {
    visitors.leaveWithoutFaults();
  }

  @Test
  @Order(1)
  void aBureauMakesAReportDownloadsItAndHandsInTheStampedScan() throws Exception {
    Page page = visitors.open("bureau", "/reports?lang=zh-CN", 1440, ColorScheme.LIGHT);
    assertThat(page.locator("reports-page .message")).containsText("还没有文档");
    page.locator("select[name=kind]").selectOption("acceptance");
    page.locator("select[name=region]").selectOption("440307");
    page.locator(".make-report button").click();
    Locator made = page.locator(".documents > li");
    assertThat(made.locator("h2")).containsText("建设情况验收报告");

    Download pdf = page.waitForDownload(() -> made.getByText("PDF").first().click());
    Download json =
        page.waitForDownload(() -> made.locator(".downloads a[href$='/files/json']").click());

    assertThat(pdf.suggestedFilename()).startsWith("验收报告_440307_").endsWith(".pdf");
    assertThat(made.locator(".digests dd").nth(1))
        .hasText(KeptFiles.sha256(Files.readAllBytes(json.path())));
    made.locator("input[type=file]")
        .setInputFiles(new FilePayload("盖章.pdf", "application/pdf", SCAN));
    assertThat(made.locator(".scans")).containsText("盖章.pdf");
    assertThat(made.locator(".scans code")).hasText(KeptFiles.sha256(SCAN));
  }

  @ParameterizedTest
  @Order(2)
  @CsvSource({
    "zh-CN, 1440, LIGHT, 验收报告",
    "en, 1440, DARK, Acceptance report",
    "en, 360, LIGHT, Acceptance report",
    "zh-CN, 360, DARK, 验收报告"
  })
  void theListIsReadAtEveryWidthInBothLanguages(
      String language, int width, ColorScheme scheme, String kind) {
    Page page = visitors.open("bureau", "/reports?lang=" + language, width, scheme);
    assertThat(page.locator(".documents > li")).hasCount(1);
    assertThat(page.locator(".documents .facts")).containsText(kind);
    assertThat((Boolean) page.evaluate("document.body.scrollWidth <= window.innerWidth")).isTrue();
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Path.of("target", "reports-" + language + "-" + width + ".png")));
  }

  @Test
  @Order(3)
  void aSchoolMakesItsOwnSheetAndSeesNoOther() {
    Page page = visitors.open("school", "/reports?lang=en", 360, ColorScheme.LIGHT);
    assertThat(page.locator("select[name=region]")).hasCount(0);
    assertThat(page.locator("reports-page .message")).containsText("No document has been made");
    page.locator("select[name=kind]").selectOption("self-check");
    page.locator(".make-report button").click();
    assertThat(page.locator(".documents > li h2")).containsText("学校信息化自查表");
    assertThat(page.locator(".documents a[href$='/dossier']")).hasCount(0);
  }
}
