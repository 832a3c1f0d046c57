package org.rollcall.web.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.collector.accounts.Role;
import org.rollcall.protocol.v1.Sighting;
import org.rollcall.web.DeskFaults;
import org.rollcall.web.TestServer;

/** The technician's desk of a real server in Debian's Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProblemsPagesIT {

  private TestServer server;
  private Visitors visitors;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = TestServer.start(folder, true);
    visitors = new Visitors(server, "^$");
    visitors.account("technician", Role.TECHNICIAN, "440307", null);
    visitors.account("bureau", Role.BUREAU, "440307", null);
    String agent = server.collector().agents().addForeign(TestServer.SCHOOLS.get(2)).userName();
    server.collector().agents().seen(List.of(agent));
    DeskFaults.agent(server, TestServer.SCHOOLS.get(2), agent, Instant.now());
  }

  @AfterAll
  void stop() {
    visitors.close();
    server.close();
  }

  @BeforeEach
  void breakThings() {
    DeskFaults.show(server);
  }

  @AfterEach
  void nothingWentWrong() {
    visitors.leaveWithoutFaults();
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
    Page page = visitors.open("technician", "/problems?lang=" + language, width, scheme);
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
    Page page = visitors.open("technician", "/problems?lang=en", 1440, ColorScheme.LIGHT);
    Locator line = line(page);
    line.locator("button[data-act=ack]").press("Enter");
    assertThat(line.locator("input[name=comment]")).isFocused();
    page.keyboard().type("on my way");
    page.keyboard().press("Enter");
    assertThat(line).hasAttribute("data-state", "ACKNOWLEDGED");
    assertThat(line).containsText("on my way");
    Page other =
        visitors.open("bureau", "/problems?lang=zh-CN&state=ACKNOWLEDGED", 1440, ColorScheme.LIGHT);
    assertThat(line(other)).containsText("on my way");
    assertThat(line(other).locator("button[data-act=ack]")).hasCount(0);
    assertThat(other.locator("enrolment-code")).hasCount(0);
  }

  @Test
  void filtersLieInTheAddressAndBackUndoesThem() {
    Page page = visitors.open("technician", "/problems?lang=en", 1440, ColorScheme.LIGHT);
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
    Page page = visitors.open("technician", "/problems?lang=en", 1440, ColorScheme.LIGHT);
    line(page).locator(".cause-why").click();
    assertThat(page).hasURL(Pattern.compile("/schools/" + TestServer.SCHOOLS.get(0) + "/devices/"));
    assertThat(page.locator("device-page h1")).hasText("link:wan");
    assertThat(page.locator("device-page tbody tr")).hasCount(1);
    assertThat(page.locator("device-page")).containsText("10.0.0.254");
  }

  @Test
  void aLineThatCannotBeTestedNowSaysWhy() {
    Page page =
        visitors.open(
            "technician",
            "/schools/" + TestServer.SCHOOLS.get(0) + "/devices/link:wan?lang=en",
            360,
            ColorScheme.LIGHT);
    Locator ask = page.locator("ask-now");
    assertThat(ask.locator(".note")).containsText("never judged");
    ask.locator("button").last().click();
    assertThat(ask.locator("[role=alert]")).containsText("no Rollcall agent");
    assertThat(visitors.faults()).hasSize(1).allMatch(said -> said.contains("409"));
    Page other =
        visitors.open(
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
    Page page = visitors.open("technician", "/agents?lang=" + language, width, scheme);
    assertThat(page.locator("table.agents thead")).containsText(column);
    assertThat(page.locator("table.agents tbody tr")).hasCount(1);
    assertThat(page.locator("table.agents tbody tr")).containsText(fault);
    assertThat(page.locator("table.agents tbody tr")).containsText("500");
    Visitors.picture(page, "agents-" + language + "-" + width);
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
    Page page = visitors.open("technician", "/discovered?lang=" + language, width, scheme);
    Locator found =
        page.locator("found-device", new Page.LocatorOptions().setHasText(address)).first();
    assertThat(found.locator("select[name=kind]")).hasValue("projector");
    Visitors.picture(page, "discovered-" + language + "-" + width);
    found.locator("input[name=name]").fill("p" + width);
    found.locator("form button").first().click();
    assertThat(page.locator("found-device")).hasCount(0);
    assertThat(server.collector().registry().inventory(TestServer.SCHOOLS.get(1)).devices())
        .anyMatch(device -> device.subject().equals("projector:p" + width));
  }

  @Test
  void anEnrolmentCodeIsMadeToBeCopied() {
    Page page = visitors.open("technician", "/problems?lang=en", 1440, ColorScheme.LIGHT);
    page.locator("enrolment-code input[name=school]").fill(TestServer.SCHOOLS.get(0));
    page.locator("enrolment-code form button").click();
    assertThat(page.locator("enrolment-code input[readonly]"))
        .hasValue(Pattern.compile("RC1-.{40,}"));
  }

  @Test
  void thePublicIsAskedToSignInAndTheDeskOpensThen() {
    Page page = visitors.open("", "/problems?lang=en", 360, ColorScheme.LIGHT);
    assertThat(page.locator("problems-page h1")).hasText("Please sign in");
    page.locator("problems-page input[name=username]").fill("technician");
    page.locator("problems-page input[name=password]").fill(Visitors.PASSWORD);
    page.locator("problems-page .sign-in button").click();
    assertThat(line(page)).hasCount(1);
  }
}
