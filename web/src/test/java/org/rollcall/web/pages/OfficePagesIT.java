package org.rollcall.web.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.collector.accounts.NewAccount;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.audit.Actor;
import org.rollcall.web.TestServer;

/** The office's pages: an entry is changed, a file is looked at and written, calendars are read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OfficePagesIT {
  private static final String PASSWORD = "correct-Horse-7";
  private static final String SCHOOL = TestServer.SCHOOLS.get(0);
  private final List<String> faults = new ArrayList<>();
  private TestServer server;
  private Chromium chromium;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = TestServer.start(folder, false);
    NewAccount root = new NewAccount("root", PASSWORD, Role.ADMINISTRATOR, null, null);
    NewAccount bureau = new NewAccount("bureau", PASSWORD, Role.BUREAU, "440307", null);
    assertThat(server.collector().accounts().add(Actor.console(), root)).isNull();
    assertThat(server.collector().accounts().add(Actor.console(), bureau)).isNull();
    chromium = Chromium.start();
  }

  @AfterEach
  void nothingBroke() {
    assertThat(faults).isEmpty();
  }

  @AfterAll
  void stop() {
    if (chromium != null) {
      chromium.close();
    }
    server.close();
  }

  private BrowserContext visit(String language, int width, ColorScheme scheme) {
    BrowserContext visit =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(width, 900)
                    .setColorScheme(scheme)
                    .setLocale(language)
                    .setTimezoneId("Asia/Shanghai"));
    visit.setDefaultTimeout(Chromium.PATIENCE_MILLIS);
    return visit;
  }

  private Page open(BrowserContext visit, String who, String path) {
    Page page = visit.newPage();
    page.onPageError(faults::add);
    page.navigate(server.base() + "/account?lang=en");
    page.locator("main sign-in input[name=username]").fill(who);
    page.locator("main sign-in input[name=password]").fill(PASSWORD);
    page.locator("main sign-in button").click();
    assertThat(page.locator("main choose-password form")).isVisible();
    page.navigate(server.base() + path);
    return page;
  }

  private static void picture(Page page, String name, String language, int width) {
    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Path.of("target", "office-" + name + "-" + language + "-" + width + ".png")));
  }

  @ParameterizedTest
  @CsvSource({"zh-CN,360,LIGHT", "en,1440,DARK", "en,360,LIGHT", "zh-CN,1440,DARK"})
  void anEntryIsChangedWithAReason(String language, int width, ColorScheme scheme) {
    try (BrowserContext visit = visit(language, width, scheme)) {
      Page page = open(visit, "root", "/schools/" + SCHOOL + "?lang=" + language);
      page.locator("main a[href*='/register/schools/']").click();
      assertThat(page).hasURL(Pattern.compile("/register/schools/" + SCHOOL));
      page.locator("input[name='v.students']").fill("many");
      page.locator("input[name=reason]").fill("counted again");
      page.locator(".entry-form button").click();
      assertThat(page.locator("main [role=alert]")).containsText("many");
      String students = String.valueOf(300 + width + language.length());
      page.locator("input[name='v.students']").fill(students);
      page.locator("select[name='v.medium']").selectOption("wired");
      page.locator(".entry-form button").click();
      assertThat(page.locator("main [role=status]").first()).isVisible();
      assertThat(page.locator("table.changes tbody tr").first()).containsText("counted again");
      assertThat(page.locator("table.changes tbody tr").first()).containsText("→ " + students);
      assertThat(page.locator("table.spans tbody tr").first()).containsText(students);
      picture(page, "register", language, width);
    }
  }

  @Test
  void aBureauReadsAndDoesNotChange() {
    try (BrowserContext visit = visit("en", 1440, ColorScheme.LIGHT)) {
      Page page = open(visit, "bureau", "/register/schools/" + SCHOOL + "?lang=en");
      assertThat(page.locator("dl.entry")).containsText("Access medium");
      assertThat(page.locator(".entry-form")).hasCount(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"zh-CN,360,DARK", "en,1440,LIGHT"})
  void aFileIsLookedAtAndWrittenAndThePageOutlivesAReload(
      String language, int width, ColorScheme scheme) {
    String school = TestServer.SCHOOLS.get(language.equals("en") ? 2 : 3);
    String file =
        "school,class,grade,platform_declared\n"
            + school
            + ",一年级1班,3,true\n"
            + school
            + ",四年级4班,4,true\n";
    try (BrowserContext visit = visit(language, width, scheme)) {
      Page page = open(visit, "root", "/admin?view=imports&lang=" + language);
      page.locator("select[name=kind]").selectOption("classes");
      page.locator("input[type=file]")
          .setInputFiles(
              new FilePayload("班级.csv", "text/csv", file.getBytes(StandardCharsets.UTF_8)));
      page.locator("import-desk form button").click();
      assertThat(page).hasURL(Pattern.compile("import=[0-9a-f]{18}"));
      assertThat(page.locator("import-result table.changed")).containsText("1 → 3");
      page.reload();
      assertThat(page.locator("import-result table.changed")).containsText("1 → 3");
      picture(page, "import", language, width);
      page.locator("import-desk .choices button").click();
      assertThat(page.locator("import-desk .facts"))
          .containsText(language.equals("en") ? "Written" : "已写入");
      page.reload();
      assertThat(page.locator("import-desk h2")).hasText("班级.csv");
      page.locator("import-desk a[href*='view=imports']").last().click();
      assertThat(page.locator("table.imports tbody tr").first()).containsText("班级.csv");
    }
  }

  @Test
  void aBadFileSaysWhichRowAndWhy() {
    try (BrowserContext visit = visit("en", 360, ColorScheme.LIGHT)) {
      Page page = open(visit, "root", "/admin?view=imports&lang=en");
      page.locator("input[type=file]")
          .setInputFiles(
              new FilePayload(
                  "s.csv", "text/csv", "code,name\n12,x\n".getBytes(StandardCharsets.UTF_8)));
      page.locator("import-desk form button").click();
      assertThat(page.locator("table.refused tbody tr").first()).containsText("missing");
      picture(page, "refused", "en", 360);
    }
  }

  @ParameterizedTest
  @CsvSource({"zh-CN,360,LIGHT", "en,1440,DARK"})
  void calendarsReadAsPeopleReadThem(String language, int width, ColorScheme scheme) {
    try (BrowserContext visit = visit(language, width, scheme)) {
      Page page = open(visit, "root", "/admin?view=calendars&lang=" + language);
      assertThat(page.locator("calendar-list [role=status]")).isVisible();
      assertThat(page.locator("calendar-list table.days").first()).isVisible();
      page.locator("school-days input[name=school]").fill(SCHOOL);
      page.locator("school-days button").click();
      assertThat(page.locator("table.school-days tbody tr")).hasCount(14);
      picture(page, "calendars", language, width);
    }
  }
}
