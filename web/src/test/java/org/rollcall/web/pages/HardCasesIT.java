package org.rollcall.web.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.collector.accounts.NewAccount;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.registry.Crs;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.School;
import org.rollcall.web.DeskFaults;
import org.rollcall.web.TestServer;

/**
 * What pages are rarely drawn with: a school whose name has thirty Chinese characters, a region
 * without schools, a server without accounts. Nothing is wider than the screen, no text is cut off
 * without a way to it, axe finds nothing serious; pictures are left in {@code target/pages/hard}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HardCasesIT {
  private static final String PASSWORD = "correct-Horse-7";
  private static final String LONG = "2144000099";
  private static final String LONG_NAME = "深圳市龙岗区平湖街道白坭坑社区实验教育集团附属九年一贯制学校";
  private static final String EMPTY = "440307002";
  private static final Set<String> SERIOUS = Set.of("serious", "critical");
  private static final Path PICTURES =
      Path.of(System.getProperty("rollcall.root", ".."), "web/target/pages/hard");

  /** Each with what must be there before it is looked at. */
  private static final Map<String, String> PAGES = pages();

  private TestServer server;
  private Chromium chromium;

  private static Map<String, String> pages() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("/", "coefficient-table");
    pages.put("/regions/" + EMPTY, "district-page h1");
    pages.put("/sheet", "main table");
    pages.put("/sheet/" + EMPTY, "sheet-page h1");
    pages.put("/schools", "table.schools tbody tr");
    pages.put("/schools?region=" + EMPTY, "schools-page h1");
    pages.put("/schools/" + LONG, "target-row .ruling");
    pages.put("/schools/" + LONG + "/self-check", ".self-check-table tbody tr");
    pages.put("/sheet/schools/" + LONG, "school-sheet-page h1");
    pages.put("/problems", ".desk");
    pages.put("/requests", ".requests li");
    pages.put("/account", "wall-link button");
    pages.put("/wall/440307", ".wall-number");
    pages.put("/wall/" + EMPTY, ".wall-number");
    return pages;
  }

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    assertThat(LONG_NAME).hasSize(30);
    server = TestServer.start(folder, false);
    server
        .collector()
        .registry()
        .change(
            change -> {
              change.putRegions(
                  List.of(new Region(EMPTY, "布吉街道", "Buji", Region.Level.TOWNSHIP, "440307")));
              change.putSchools(List.of(longNamed()), Crs.WGS84);
              return null;
            });
    await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> !server.collector().board().of(LONG).isEmpty());
    Files.createDirectories(PICTURES);
    chromium = Chromium.start();
  }

  private static School longNamed() {
    return new School(
        LONG,
        LONG_NAME,
        "Nine-year School Affiliated to the Experimental Education Group of Bainikeng, Pinghu",
        "440307001",
        School.Stage.NINE_YEAR,
        School.Tier.A,
        School.Ownership.PUBLIC,
        School.Setting.URBAN,
        1_234,
        98,
        27,
        114.26,
        22.73,
        School.Medium.FIBRE,
        "中国电信股份有限公司深圳分公司",
        1_000.0,
        true);
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

  private void look(
      Page page, String path, String there, String picture, List<String> faults, int width) {
    page.navigate(server.base() + path);
    assertThat(page.locator(there).first()).isVisible();
    page.screenshot(
        new Page.ScreenshotOptions().setFullPage(true).setPath(PICTURES.resolve(picture)));
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

  private static String picture(String path, String language, int width, ColorScheme scheme) {
    String name = path.equals("/") ? "map" : path.substring(1).replaceAll("[^a-z0-9]+", "-");
    return "%s.%s.%d.%s.png".formatted(name, language, width, scheme);
  }

  @ParameterizedTest
  @Order(1)
  @CsvSource({"zh-CN,1440,LIGHT", "en,360,DARK", "zh-CN,360,LIGHT", "en,1440,DARK"})
  void aServerWithoutAccountsAsksForTheFirst(String language, int width, ColorScheme scheme) {
    List<String> faults = new ArrayList<>();
    try (BrowserContext visit = visit(language, width, scheme)) {
      Page page = visit.newPage();
      page.onPageError(faults::add);
      String file = picture("/setup", language, width, scheme);
      look(page, "/setup?lang=" + language, "setup-page form button", file, faults, width);
    }
    assertThat(faults).isEmpty();
  }

  @ParameterizedTest
  @Order(2)
  @CsvSource({"zh-CN,1440,LIGHT", "en,360,DARK", "zh-CN,360,LIGHT", "en,1440,DARK"})
  void longNamesAndEmptyRegionsFit(String language, int width, ColorScheme scheme) {
    NewAccount root = new NewAccount("root", PASSWORD, Role.ADMINISTRATOR, null, null);
    if (server.collector().accounts().find("root").isEmpty()) {
      assertThat(server.collector().accounts().add(Actor.console(), root)).isNull();
    }
    DeskFaults.show(server);
    List<String> faults = new ArrayList<>();
    try (BrowserContext visit = visit(language, width, scheme)) {
      Map<String, String> credentials = Map.of("username", "root", "password", PASSWORD);
      String base = server.base().toString();
      assertThat(
              visit
                  .request()
                  .post(base + "/api/v1/session", RequestOptions.create().setData(credentials))
                  .status())
          .isEqualTo(200);
      // Of four visits the first asks; the others are told that it is open already.
      visit
          .request()
          .post(
              base + "/api/v1/schools/" + LONG + "/rechecks",
              RequestOptions.create().setData(Map.of("rule", "XXT-A", "reason", "新".repeat(200))));
      Page page = visit.newPage();
      page.onPageError(faults::add);
      for (Map.Entry<String, String> each : PAGES.entrySet()) {
        String path =
            each.getKey() + (each.getKey().contains("?") ? "&" : "?") + "lang=" + language;
        String file = picture(each.getKey(), language, width, scheme);
        look(page, path, each.getValue(), file, faults, width);
      }
    }
    assertThat(faults).isEmpty();
  }
}
