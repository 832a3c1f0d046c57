package org.rollcall.web.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.audit.Actor;
import org.rollcall.web.DeskFaults;
import org.rollcall.web.TestServer;

/** The wall screen of a real server, by session and by key, in Debian's Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WallPagesIT {
  private static final String SCHOOL = TestServer.SCHOOLS.get(1);

  private TestServer server;
  private Visitors visitors;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = TestServer.start(folder, false);
    visitors = new Visitors(server, "400|401|403|ERR_");
    visitors.account("technician", Role.TECHNICIAN, "440307", null);
    visitors.account("bureau", Role.BUREAU, "440307001", null);
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

  /** Makes a key as the technician does; its page with the key behind the #. */
  private String key(String who, String region) throws Exception {
    visitors.open(who, "/account", 1440, ColorScheme.LIGHT);
    APIResponse made =
        visitors
            .request()
            .post(
                server.base() + "/api/v1/regions/" + region + "/wall",
                RequestOptions.create().setData(Map.of("days", 30)));
    assertThat(made.status()).isEqualTo(200);
    String path = new ObjectMapper().readTree(made.body()).get("path").asText();
    return path;
  }

  private APIResponse ask(String path, String key) {
    return visitors
        .request()
        .get(
            server.base() + path,
            RequestOptions.create().setHeader("authorization", "Wall " + key));
  }

  @ParameterizedTest
  @CsvSource({"zh-CN, 1920, 1080", "en, 1920, 1080", "zh-CN, 3840, 2160", "en, 3840, 2160"})
  void aKeyShowsTheWallWithNobodySignedIn(String language, int width, int height) throws Exception {
    DeskFaults.show(server);
    String path = key("technician", "440307").replace("#", "?lang=" + language + "#");
    Page page = visitors.open("", "/account", width, ColorScheme.LIGHT);
    page.setViewportSize(width, height);
    page.navigate(server.base() + path);
    assertThat(page.locator(".wall-number")).hasCount(3);
    assertThat(page.locator(".wall-number").nth(0)).containsText("6");
    assertThat(page.locator(".wall-school")).hasCount(6);
    assertThat(page.locator(".wall-causes li").first()).isVisible();
    assertThat(page.locator(".wall-foot")).containsText("60");
    assertThat((Boolean) page.evaluate(FITS)).as("nothing hangs out of the screen").isTrue();
    Object smallest = page.evaluate(SMALLEST);
    assertThat(((Number) smallest).doubleValue())
        .as("the smallest type, in hundredths of the height")
        .isGreaterThanOrEqualTo(3.19);
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target", "wall-" + language + "-" + height + ".png")));
  }

  private static final String FITS =
      "[...document.querySelectorAll('.wall-screen > *')].every(e => {"
          + " const b = e.getBoundingClientRect();"
          + " return b.bottom <= innerHeight + 1 && b.right <= innerWidth + 1; })"
          + " && [...document.querySelectorAll('.wall-number, .wall-head, .wall-foot')]"
          + ".every(e => e.scrollWidth <= e.clientWidth + 1)"
          + " && document.documentElement.scrollHeight <= innerHeight + 1";

  private static final String SMALLEST =
      "Math.min(...[...document.querySelectorAll('.wall-screen *:not(svg *)')]"
          + ".filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))"
          + ".map(e => parseFloat(getComputedStyle(e).fontSize))) / innerHeight * 100";

  @Test
  void aKeyOpensItsWallAndNothingElse() throws Exception {
    String secret = key("bureau", "440307001").split("#", 2)[1];
    visitors.open("", "/account", 1440, ColorScheme.LIGHT);
    String wall = "/api/v1/regions/440307001/wall";
    assertThat(ask(wall, secret).status()).isEqualTo(200);
    assertThat(ask("/api/v1/regions/440307/wall", secret).status()).isEqualTo(404);
    assertThat(ask(wall, secret + "x").status()).isEqualTo(401);
    assertThat(ask(wall, "").status()).isEqualTo(401);
    for (String other :
        List.of(
            "/api/v1/schools",
            "/api/v1/problems",
            "/api/v1/regions",
            "/api/v1/map",
            "/api/v1/accounts",
            "/api/v1/requests",
            "/api/v1/tokens")) {
      assertThat(ask(other, secret).status()).as(other).isEqualTo(401);
    }
    APIResponse asProgram =
        visitors
            .request()
            .get(
                server.base() + "/api/v1/schools",
                RequestOptions.create().setHeader("authorization", "Bearer " + secret));
    assertThat(asProgram.status()).isEqualTo(401);
    server.collector().accounts().setEnabled(Actor.console(), "bureau", false);
    assertThat(ask(wall, secret).status()).as("ends with its account").isEqualTo(401);
    server.collector().accounts().setEnabled(Actor.console(), "bureau", true);
    assertThat(ask(wall, secret).status()).isEqualTo(200);
  }

  @Test
  void aSchoolMakesNoKeyAndABureauNoneOfAnotherRegion() {
    visitors.open("school", "/account", 1440, ColorScheme.LIGHT);
    assertThat(make("440307001").status()).isEqualTo(403);
    visitors.open("bureau", "/account", 1440, ColorScheme.LIGHT);
    assertThat(make("440307").status()).isEqualTo(404);
  }

  private APIResponse make(String region) {
    return visitors
        .request()
        .post(
            server.base() + "/api/v1/regions/" + region + "/wall",
            RequestOptions.create().setData(Map.of()));
  }

  @Test
  void theWallSaysSinceWhenItsFiguresAreOldAndRecovers() throws Exception {
    DeskFaults.show(server);
    String path = key("technician", "440307").replace("#", "?lang=en#");
    Page page = visitors.open("", "/account", 1920, ColorScheme.LIGHT);
    page.setViewportSize(1920, 1080);
    page.navigate(server.base() + path);
    assertThat(page.locator(".wall-number")).hasCount(3);
    page.route("**/wall", route -> route.abort());
    page.evaluate("window.dispatchEvent(new Event('online'))");
    assertThat(page.locator(".wall-alarm")).containsText("could not be refreshed");
    assertThat(page.locator(".wall-number")).hasCount(3);
    assertThat((Boolean) page.evaluate(FITS)).isTrue();
    page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "wall-old.png")));
    page.unroute("**/wall");
    page.evaluate("window.dispatchEvent(new Event('online'))");
    assertThat(page.locator(".wall-alarm")).hasCount(0);
  }

  @Test
  void whatAPageAsksByItselfKeepsNobodySignedIn() {
    visitors.open("technician", "/account", 1440, ColorScheme.LIGHT);
    APIResponse answer =
        visitors
            .request()
            .get(
                server.base() + "/api/v1/regions/440307/wall",
                RequestOptions.create().setHeader("x-rollcall-by-itself", "1"));
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void aWallWithoutAKeySaysWhatToDo() {
    Page page = visitors.open("", "/wall/440307?lang=en", 1440, ColorScheme.LIGHT);
    assertThat(page.locator(".wall-message [role=alert]")).isVisible();
    assertThat(page.locator(".wall-message")).containsText("My account");
  }

  @Test
  void theLinkIsMadeOnThePageOfTheAccount() {
    Page page = visitors.open("technician", "/account?lang=en", 1440, ColorScheme.LIGHT);
    page.locator("wall-link select").selectOption("440307001");
    page.locator("wall-link button").click();
    assertThat(page.locator("wall-link code.secret"))
        .hasText(Pattern.compile(".*/wall/440307001#rollcall_.*"));
    assertThat(page.locator("account-page table")).containsText("wall 440307001");
  }
}
