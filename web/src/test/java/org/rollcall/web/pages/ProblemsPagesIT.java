package org.rollcall.web.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.collector.accounts.NewAccount;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.audit.Actor;
import org.rollcall.protocol.v1.Sighting;
import org.rollcall.web.DeskFaults;
import org.rollcall.web.TestServer;

/** The technician's desk of a real server in Debian's Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProblemsPagesIT {
  private static final String PASSWORD = "correct-Horse-8";

  private final List<String> faults = new ArrayList<>();
  private TestServer server;
  private @Nullable Chromium chromium;
  private @Nullable BrowserContext visit;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = TestServer.start(folder, true);
    account("technician", Role.TECHNICIAN);
    account("bureau", Role.BUREAU);
    String agent = server.collector().agents().addForeign(TestServer.SCHOOLS.get(2)).userName();
    server.collector().agents().seen(List.of(agent));
    DeskFaults.agent(server, TestServer.SCHOOLS.get(2), agent, Instant.now());
    chromium = Chromium.start();
  }

  private void account(String name, Role role) {
    NewAccount account = new NewAccount(name, PASSWORD, role, "440307", null, false);
    assertThat(server.collector().accounts().add(Actor.console(), account)).isNull();
  }

  @AfterAll
  void stop() {
    if (chromium != null) {
      chromium.close();
    }
    server.close();
  }

  @BeforeEach
  void breakThings() {
    faults.clear();
    DeskFaults.show(server);
  }

  @AfterEach
  void nothingWentWrong() {
    if (visit != null) {
      visit.close();
    }
    assertThat(faults).isEmpty();
  }

  private Page open(String who, String path, int width, ColorScheme scheme) {
    BrowserContext opened =
        Objects.requireNonNull(chromium)
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(width, 900)
                    .setColorScheme(scheme)
                    .setTimezoneId("Asia/Shanghai"));
    visit = opened;
    opened.setDefaultTimeout(Chromium.PATIENCE_MILLIS);
    if (!who.isEmpty()) {
      int status =
          opened
              .request()
              .post(
                  server.base() + "/api/v1/session",
                  RequestOptions.create().setData(Map.of("username", who, "password", PASSWORD)))
              .status();
      assertThat(status).isEqualTo(200);
    }
    Page page = opened.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            faults.add(message.text());
          }
        });
    page.onPageError(faults::add);
    page.navigate(server.base() + path);
    return page;
  }

  private static Locator line(Page page) {
    return page.locator(
        ".causes > li[data-id='LINE_DOWN." + TestServer.SCHOOLS.get(0) + ".link:wan']");
  }

  @ParameterizedTest
  @CsvSource({
    "zh-CN, 1440, LIGHT, 线路中断, 下一步",
    "en, 1440, DARK, Line down, Next",
    "en, 360, LIGHT, Line down, Next",
    "zh-CN, 360, DARK, 线路中断, 下一步"
  })
  void aCauseTellsWhatIsBehindItAndWhatToDo(
      String language, int width, ColorScheme scheme, String kind, String next) {
    Page page = open("technician", "/problems?lang=" + language, width, scheme);
    Locator line = line(page);
    assertThat(line.locator("h3")).containsText(kind);
    assertThat(line.locator(".cause-next")).containsText(next);
    line.locator(".behind summary").click();
    assertThat(line.locator(".behind li")).hasCount(2);
    assertThat(page.locator(".agents-faulty li")).hasCount(1);
    assertThat(page.locator(".rail a[aria-current=page]"))
        .hasAttribute("href", Pattern.compile("/problems"));
    assertThat((Boolean) page.evaluate("document.body.scrollWidth <= window.innerWidth")).isTrue();
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Path.of("target", "desk-" + language + "-" + width + "-" + scheme + ".png")));
  }

  @Test
  void aTechnicianAcknowledgesByKeyboardAndAnotherSeesIt() {
    Page page = open("technician", "/problems?lang=en", 1440, ColorScheme.LIGHT);
    Locator line = line(page);
    line.locator("button[data-act=ack]").press("Enter");
    assertThat(line.locator("input[name=comment]")).isFocused();
    page.keyboard().type("on my way");
    page.keyboard().press("Enter");
    assertThat(line).hasAttribute("data-state", "ACKNOWLEDGED");
    assertThat(line).containsText("on my way");
    Objects.requireNonNull(visit).close();
    Page other = open("bureau", "/problems?lang=zh-CN&state=ACKNOWLEDGED", 1440, ColorScheme.LIGHT);
    assertThat(line(other)).containsText("on my way");
    assertThat(line(other).locator("button[data-act=ack]")).hasCount(0);
    assertThat(other.locator("enrolment-code")).hasCount(0);
  }

  @Test
  void filtersLieInTheAddressAndBackUndoesThem() {
    Page page = open("technician", "/problems?lang=en", 1440, ColorScheme.LIGHT);
    assertThat(line(page)).hasCount(1);
    page.locator("select[name=kind]").selectOption("DEVICE_FAULT");
    assertThat(page).hasURL(Pattern.compile("kind=DEVICE_FAULT"));
    assertThat(line(page)).hasCount(0);
    assertThat(page.locator(".causes > li").first()).containsText("Terminal c1");
    page.goBack();
    assertThat(line(page)).hasCount(1);
  }

  @Test
  void whyItSaysSoShowsTheNewestLook() {
    Page page = open("technician", "/problems?lang=en", 1440, ColorScheme.LIGHT);
    line(page).locator(".cause-why").click();
    assertThat(page).hasURL(Pattern.compile("/schools/" + TestServer.SCHOOLS.get(0) + "/devices/"));
    assertThat(page.locator("device-page h1")).hasText("link:wan");
    assertThat(page.locator("device-page tbody tr")).hasCount(1);
    assertThat(page.locator("device-page")).containsText("10.0.0.254");
  }

  @Test
  void aLineThatCannotBeTestedNowSaysWhy() {
    Page page =
        open(
            "technician",
            "/schools/" + TestServer.SCHOOLS.get(0) + "/devices/link:wan?lang=en",
            360,
            ColorScheme.LIGHT);
    Locator ask = page.locator("ask-now");
    assertThat(ask.locator(".note")).containsText("never judged");
    ask.locator("button").last().click();
    assertThat(ask.locator("[role=alert]")).containsText("no Rollcall agent");
    assertThat(faults).hasSize(1).allMatch(said -> said.contains("409"));
    faults.clear();
    Objects.requireNonNull(visit).close();
    Page other =
        open(
            "bureau",
            "/schools/" + TestServer.SCHOOLS.get(0) + "/devices/link:wan?lang=en",
            360,
            ColorScheme.LIGHT);
    assertThat(other.locator("device-page tbody tr")).hasCount(1);
    assertThat(other.locator("ask-now")).hasCount(0);
  }

  @ParameterizedTest
  @CsvSource({
    "zh-CN, 1440, LIGHT, 待传报告, 积压",
    "en, 360, DARK, Reports waiting, Behind",
  })
  void everyAgentIsListedWithWhatItSaysOfItself(
      String language, int width, ColorScheme scheme, String column, String fault) {
    Page page = open("technician", "/agents?lang=" + language, width, scheme);
    assertThat(page.locator("table.agents thead")).containsText(column);
    assertThat(page.locator("table.agents tbody tr")).hasCount(1);
    assertThat(page.locator("table.agents tbody tr")).containsText(fault);
    assertThat(page.locator("table.agents tbody tr")).containsText("500");
    picture(page, "agents-" + language + "-" + width);
    page.locator("select[name=state]").selectOption("WELL");
    assertThat(page.locator("table.agents")).hasCount(0);
    assertThat(page).hasURL(Pattern.compile("state=WELL"));
  }

  @ParameterizedTest
  @CsvSource({"zh-CN, 1440, LIGHT", "en, 360, DARK"})
  void aDeviceThatWasFoundIsRegisteredOnThePage(String language, int width, ColorScheme scheme) {
    String address = "10.8.0." + width / 10;
    Sighting seen =
        Sighting.newBuilder()
            .setTimeMillis(Instant.now().toEpochMilli())
            .setMac("00:1b:21:0a:00:" + width / 20)
            .setAddress(address)
            .setName("EB-X41")
            .setDescription("EPSON projector")
            .addFoundBy("arp")
            .addFoundBy("pjlink")
            .build();
    server.collector().discovered().note(TestServer.SCHOOLS.get(1), List.of(seen));
    Page page = open("technician", "/discovered?lang=" + language, width, scheme);
    Locator found =
        page.locator("found-device", new Page.LocatorOptions().setHasText(address)).first();
    assertThat(found.locator("select[name=kind]")).hasValue("projector");
    picture(page, "discovered-" + language + "-" + width);
    found.locator("input[name=name]").fill("p" + width);
    found.locator("form button").first().click();
    assertThat(page.locator("found-device")).hasCount(0);
    assertThat(server.collector().registry().inventory(TestServer.SCHOOLS.get(1)).devices())
        .anyMatch(device -> device.subject().equals("projector:p" + width));
  }

  private static void picture(Page page, String name) {
    assertThat((Boolean) page.evaluate("document.body.scrollWidth <= window.innerWidth")).isTrue();
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Path.of("target", "desk-" + name + ".png")));
  }

  @Test
  void anEnrolmentCodeIsMadeToBeCopied() {
    Page page = open("technician", "/problems?lang=en", 1440, ColorScheme.LIGHT);
    page.locator("enrolment-code input[name=school]").fill(TestServer.SCHOOLS.get(0));
    page.locator("enrolment-code form button").click();
    assertThat(page.locator("enrolment-code input[readonly]"))
        .hasValue(Pattern.compile("RC1-.{40,}"));
  }

  @Test
  void thePublicIsAskedToSignInAndTheDeskOpensThen() {
    Page page = open("", "/problems?lang=en", 360, ColorScheme.LIGHT);
    assertThat(page.locator("problems-page h1")).hasText("Please sign in");
    page.locator("problems-page input[name=username]").fill("technician");
    page.locator("problems-page input[name=password]").fill(PASSWORD);
    page.locator("problems-page .sign-in button").click();
    assertThat(line(page)).hasCount(1);
  }
}
