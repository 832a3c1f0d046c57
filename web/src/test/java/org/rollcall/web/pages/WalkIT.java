package org.rollcall.web.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.collector.accounts.NewAccount;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.audit.Actor;
import org.rollcall.web.AlertSetup;
import org.rollcall.web.DeskFaults;
import org.rollcall.web.TestServer;

/**
 * Every page as an administrator sees it, in both languages, narrow and wide, light and dark: axe
 * finds nothing serious, nothing is wider than the screen, and a picture is left for people to look
 * at in {@code target/pages}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WalkIT {
  private static final String PASSWORD = "correct-Horse-7";
  private static final String SCHOOL = TestServer.SCHOOLS.get(1);
  private static final Set<String> SERIOUS = Set.of("serious", "critical");
  static final Path PICTURES =
      Path.of(System.getProperty("rollcall.root", ".."), "web/target/pages");

  /** Each with what must be there before it is looked at. */
  private static final Map<String, String> PAGES =
      Map.ofEntries(
          Map.entry("/", "coefficient-table"),
          Map.entry("/sheet", "main table"),
          Map.entry("/sheet/schools/" + SCHOOL, "main table"),
          Map.entry("/problems", ".desk"),
          Map.entry("/agents", "main h1"),
          Map.entry("/evidence", "main h1"),
          Map.entry("/self-checks", "main h1"),
          Map.entry("/discovered", "main h1"),
          Map.entry("/schools/" + SCHOOL + "/self-check", ".self-check-table tbody tr"),
          Map.entry("/wall/440307", ".wall-number"),
          Map.entry("/requests", "requests-page .tools"),
          Map.entry("/reports", "reports-page .make-report"),
          Map.entry("/tasks", "tasks-page .tools"),
          Map.entry("/samples", "main h1"),
          Map.entry("/alerts", "alerts-page section"),
          Map.entry("/channels", "channels-page section"),
          Map.entry("/schools", "table.schools tbody tr"),
          Map.entry("/schools/" + SCHOOL, "target-row .ruling"),
          Map.entry("/schools/" + SCHOOL + "/devices/link:wan", "main table"),
          Map.entry("/targets", "rule-sheet"),
          Map.entry("/account", "choose-password button"),
          Map.entry("/admin", "table.accounts tbody tr"),
          Map.entry("/admin?view=audit", "table.audit tbody tr"),
          Map.entry("/admin?view=register", "register-finder form"),
          Map.entry("/admin?view=imports", "import-desk form"),
          Map.entry("/admin?view=calendars&school=" + SCHOOL, "table.school-days tbody tr"),
          Map.entry("/register/schools/" + SCHOOL, "table.spans tbody tr"),
          Map.entry("/register/regions/440307001", "table.spans tbody tr"));

  private TestServer server;
  private Chromium chromium;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    String setup = AlertSetup.in(folder, "http://127.0.0.1:9/nobody");
    server = TestServer.start(folder, false, "{port: 0}", setup);
    DeskFaults.show(server);
    NewAccount root = new NewAccount("root", PASSWORD, Role.ADMINISTRATOR, null, null);
    assertThat(server.collector().accounts().add(Actor.console(), root)).isNull();
    Files.createDirectories(PICTURES);
    chromium = Chromium.start();
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

  private void signIn(Page page, String language, String name, String password) {
    page.navigate(server.base() + "/account?lang=" + language);
    page.locator("main sign-in input[name=username]").fill(name);
    page.locator("main sign-in input[name=password]").fill(password);
    page.locator("main sign-in button").click();
    assertThat(page.locator("main choose-password form")).isVisible();
  }

  @ParameterizedTest
  @CsvSource({"zh-CN,1440,LIGHT", "en,360,DARK", "zh-CN,360,LIGHT", "en,1440,DARK"})
  void everyPageCanBeReadByEverybody(String language, int width, ColorScheme scheme) {
    List<String> faults = new ArrayList<>();
    try (BrowserContext visit = visit(language, width, scheme)) {
      Page page = visit.newPage();
      page.onConsoleMessage(
          message -> {
            if (message.type().equals("error") && !message.text().contains("401")) {
              faults.add(message.text());
            }
          });
      page.onPageError(faults::add);
      signIn(page, language, "root", PASSWORD);
      for (Map.Entry<String, String> each : PAGES.entrySet()) {
        String path = each.getKey();
        page.navigate(server.base() + path + (path.contains("?") ? "&" : "?") + "lang=" + language);
        assertThat(page.locator(each.getValue()).first()).isVisible();
        page.screenshot(
            new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(PICTURES.resolve(pictureOf(path, language, width, scheme))));
        if (!page.evaluate("document.documentElement.scrollWidth").equals(width)) {
          faults.add(path + " is wider than " + width + " px");
        }
        for (Rule rule : new AxeBuilder(page).analyze().getViolations()) {
          if (SERIOUS.contains(rule.getImpact())) {
            rule.getNodes()
                .forEach(node -> faults.add(path + " " + rule.getId() + ": " + node.getHtml()));
          }
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  private static String pictureOf(String path, String language, int width, ColorScheme scheme) {
    String name = path.equals("/") ? "map" : path.substring(1).replaceAll("[^a-z0-9]+", "-");
    return "%s.%s.%d.%s.png".formatted(name, language, width, scheme);
  }

  @Test
  void anAdministratorMakesAnAccountAndItsOwnerChoosesThePassword() {
    try (BrowserContext office = visit("en", 1440, ColorScheme.LIGHT);
        BrowserContext elsewhere = visit("zh-CN", 360, ColorScheme.LIGHT)) {
      Page page = office.newPage();
      signIn(page, "en", "root", PASSWORD);
      page.navigate(server.base() + "/admin?lang=en");
      page.locator("form.stack input[name=name]").fill("bureau");
      page.locator("form.stack input[name=password]").fill("handed-Over-1");
      page.locator("form.stack button").click();
      assertThat(page.locator("main [role=status]")).hasText("The account bureau is made.");
      assertThat(page.locator("table.accounts tbody")).containsText("Must choose a password");

      Page other = elsewhere.newPage();
      signIn(other, "zh-CN", "bureau", "handed-Over-1");
      other.navigate(server.base() + "/?lang=zh-CN");
      assertThat(other.locator("main [role=alert]")).containsText("请先设置自己的密码");
      other.locator("choose-password input[name=old]").fill("handed-Over-1");
      other.locator("choose-password input[name=password]").fill("my-own-Word-2");
      other.locator("choose-password input[name=again]").fill("my-own-Word-3");
      other.locator("choose-password button").click();
      assertThat(other.locator("choose-password [role=alert]")).containsText("不一致");
      other.locator("choose-password input[name=again]").fill("my-own-Word-2");
      other.locator("choose-password button").click();
      assertThat(other.locator("standing-sentence")).containsText("%");

      page.reload();
      page.locator("tr", new Page.LocatorOptions().setHasText("bureau")).locator("button").click();
      assertThat(page.locator("table.accounts tbody")).containsText("Locked out");
      other.reload();
      assertThat(other.locator("main sign-in")).isVisible();
    }
  }

  @Test
  void anOwnerMakesAndEndsAKeyForAProgram() {
    try (BrowserContext visit = visit("en", 1440, ColorScheme.LIGHT)) {
      Page page = visit.newPage();
      signIn(page, "en", "root", PASSWORD);
      Locator form =
          page.locator(
              "form.stack", new Page.LocatorOptions().setHas(page.locator("input[name=purpose]")));
      form.locator("input[name=purpose]").fill("nightly export");
      form.locator("input[name=days]").fill("30");
      form.locator("button").click();
      assertThat(page.locator("code.secret")).containsText("rollcall_");
      page.locator("tr", new Page.LocatorOptions().setHasText("nightly export"))
          .locator("button")
          .click();
      assertThat(page.locator("account-page")).containsText("There is no token");
    }
  }
}
