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
import java.util.regex.Pattern;
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
import org.rollcall.web.TestServer;

/** A school asks and its bureau answers, in Debian's Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RequestsPagesIT {
  private static final String SCHOOL = TestServer.SCHOOLS.get(1);

  private static final byte[] PDF =
      "%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);

  private TestServer server;
  private Visitors visitors;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = TestServer.start(folder, true);
    visitors = new Visitors(server, "400");
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

  private static Locator target(Page page) {
    return page.locator("target-row article[data-rule='XXT-A']");
  }

  @Test
  @Order(1)
  void aSchoolAsksForARecheckByKeyboard() {
    Page page =
        visitors.open("school", "/schools/" + SCHOOL + "?lang=zh-CN", 1440, ColorScheme.LIGHT);
    target(page).locator("button[data-act=rechecks]").press("Enter");
    assertThat(target(page).locator("textarea")).isFocused();
    page.keyboard().type("昨天换了光纤");
    target(page).locator("form.ask button").click();
    assertThat(target(page).locator("[role=status]")).containsText("已提交");
    assertThat(page.locator("school-requests [data-kind=RECHECK]")).containsText("昨天换了光纤");
    target(page).locator("button[data-act=rechecks]").click();
    target(page).locator("textarea").fill("再问一次");
    target(page).locator("form.ask button").click();
    assertThat(target(page).locator("[role=alert]")).containsText("已有未答复的复核申请");
  }

  @Test
  @Order(2)
  void itObjectsWithEvidenceAndTheVerdictSaysSoBesideItself() throws Exception {
    Page page = visitors.open("school", "/schools/" + SCHOOL + "?lang=en", 1440, ColorScheme.DARK);
    String before = target(page).locator("verdict-mark").textContent();
    target(page).locator("button[data-act=objections]").click();
    target(page).locator("textarea").fill("The meter hung behind the old switch.");
    target(page)
        .locator("input[type=file]")
        .setInputFiles(
            new FilePayload[] {
              new FilePayload("合同 2026.pdf", "application/pdf", PDF),
              new FilePayload("notes.pdf", "application/pdf", new byte[] {'M', 'Z', 0})
            });
    Visitors.picture(page, "objection-form");
    target(page).locator("form.ask button").click();
    assertThat(target(page).locator("[role=alert]")).containsText("notes.pdf");
    assertThat(target(page).locator("objection-note")).containsText("The school objects");
    assertThat(target(page).locator("verdict-mark")).hasText(before);
    Locator entry = page.locator("school-requests [data-kind=OBJECTION]");
    entry.locator("summary").click();
    assertThat(entry.locator(".evidence-files li")).hasCount(1);
    Download download = page.waitForDownload(() -> entry.locator(".evidence-files a").click());
    assertThat(download.suggestedFilename()).matches("objection-\\d+-\\d+\\.pdf");
    assertThat(Files.readAllBytes(download.path())).isEqualTo(PDF);
    Visitors.picture(page, "school-requests");
  }

  @ParameterizedTest
  @Order(3)
  @CsvSource({
    "zh-CN, 1440, LIGHT, 复核申请",
    "en, 1440, DARK, Re-check",
    "en, 360, LIGHT, Re-check",
    "zh-CN, 360, DARK, 复核申请"
  })
  void theBureauFindsThemInOneList(String language, int width, ColorScheme scheme, String kind) {
    Page page = visitors.open("bureau", "/requests?lang=" + language, width, scheme);
    assertThat(page.locator(".requests > li")).hasCount(2);
    assertThat(page.locator(".requests > li").first()).containsText(kind);
    assertThat((Boolean) page.evaluate("document.body.scrollWidth <= window.innerWidth")).isTrue();
    if (width > 719) {
      assertThat(page.locator(".rail a[data-stop=requests] .count")).containsText("2");
    }
    Visitors.picture(page, "requests-" + language + "-" + width + "-" + scheme);
    page.locator("select[name=kind]").selectOption("OBJECTION");
    assertThat(page).hasURL(Pattern.compile("kind=OBJECTION"));
    assertThat(page.locator(".requests > li")).hasCount(1);
    page.goBack();
    assertThat(page.locator(".requests > li")).hasCount(2);
    page.navigate(server.base() + "/problems?lang=" + language);
    assertThat(page.locator("a.waiting-requests")).containsText("2");
  }

  @Test
  @Order(4)
  void theBureauAnswersAndTheSchoolReadsIt() {
    Page page =
        visitors.open("bureau", "/requests?lang=en&kind=OBJECTION", 1440, ColorScheme.LIGHT);
    Locator entry = page.locator(".requests > li");
    entry.locator("button[data-act=UNDER_REVIEW]").click();
    entry.locator("form.ask button").click();
    assertThat(entry.locator(".request-state")).hasText("Under review");
    entry.locator("button[data-act=REJECTED]").click();
    entry.locator("textarea").fill("Measured again at the core switch.");
    entry.locator("form.ask button").click();
    assertThat(page.locator("requests-page")).containsText("No request fits");
    assertThat(page.locator(".rail a[data-stop=requests] .count")).containsText("1");
    Page school =
        visitors.open("school", "/schools/" + SCHOOL + "?lang=en", 360, ColorScheme.LIGHT);
    assertThat(target(school).locator("objection-note .objection")).hasCount(0);
    Locator own = school.locator("school-requests [data-kind=OBJECTION]");
    assertThat(own.locator(".request-state")).hasText("Rejected");
    own.locator("summary").click();
    assertThat(own.locator(".steps")).containsText("Measured again at the core switch.");
    assertThat(own.locator("button[data-act]")).hasCount(0);
    assertThat((Boolean) school.evaluate("document.body.scrollWidth <= window.innerWidth"))
        .isTrue();
    Visitors.picture(school, "school-requests-360");
  }

  @Test
  @Order(5)
  void thePublicIsAskedToSignInAndSeesNoButtons() {
    Page page = visitors.open("", "/requests?lang=en", 360, ColorScheme.LIGHT);
    assertThat(page.locator("requests-page h1")).hasText("Please sign in");
    page.navigate(server.base() + "/schools/" + SCHOOL + "?lang=en");
    assertThat(target(page)).isVisible();
    assertThat(page.locator("school-asks button")).hasCount(0);
  }
}
