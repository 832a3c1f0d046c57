package org.rollcall.web.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.ReducedMotion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the pages must show in a real browser, whatever server they come from. The server needs
 * schools of every verdict, one of them with a line and classes, and its reading calls open. No
 * test may leave an error on the console or send a request to another origin.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PagesContract {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-quic",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-dev-shm-usage");

  /** How long the browser may take to show what it must, on a machine with much else to do. */
  private static final double PATIENCE_MILLIS = 60_000;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> faults = new ArrayList<>();
  private @Nullable Playwright playwright;
  private @Nullable Browser browser;
  private @Nullable BrowserContext visit;

  /** Where the server answers, without a slash at the end. */
  abstract URI base();

  @BeforeAll
  void openTheBrowser() {
    Map<String, String> env = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    playwright = Playwright.create(new Playwright.CreateOptions().setEnv(env));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(FLAGS)
                    .setTimeout(2 * PATIENCE_MILLIS));
  }

  @AfterAll
  void closeTheBrowser() {
    if (playwright != null) {
      playwright.close();
    }
  }

  @BeforeEach
  void forgetFaults() {
    faults.clear();
  }

  @AfterEach
  void nothingWentWrongAndNothingLeft() {
    if (visit != null) {
      visit.close();
      visit = null;
    }
    assertThat(faults).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"zh-CN, 达标, 未达标, 数据不足", "en, Met, Not met, Insufficient data"})
  void theMapMarksEverySchoolAndNamesItsVerdict(
      String language, String met, String notMet, String insufficient) {
    Page page = open("/?lang=" + language, 1440, 900);
    Locator pins = page.locator(".pin");
    int drawn =
        (int)
            get("/api/v1/map").getJsonArray("features").stream()
                .map(JsonObject.class::cast)
                .filter(feature -> isSchool(feature))
                .count();
    assertThat(pins).hasCount(drawn);
    assertPin(page, "MET", "✔", met);
    assertPin(page, "NOT_MET", "✘", notMet);
    assertPin(page, "INSUFFICIENT_DATA", "?", insufficient);
    assertThat(page.locator("standing-sentence")).containsText("%");
    assertThat(page.locator(".standing-rules tbody tr").first()).isVisible();
    assertThat(page.locator(".attention .reasons li").first()).not().isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"zh-CN, 标准与结论", "en, Targets and verdicts"})
  void aSchoolsPageShowsItsVerdictsReasonsLineAndClasses(String language, String heading) {
    JsonObject school = schoolWithLineAndClasses();
    Page page = open("/schools/" + school.getString("code") + "?lang=" + language, 1440, 900);
    assertThat(page.locator("#part-targets")).hasText(heading);
    assertThat(page.locator("target-row .ruling .stamp").first()).isVisible();
    assertThat(page.locator("target-row .ruling .verdict-word").first()).isVisible();
    assertThat(page.locator("target-row .reasons li").first()).not().isEmpty();
    assertThat(page.locator("line-chart canvas").first()).isVisible();
    assertThat(page.locator("class-grid .cell")).hasCount(school.getJsonArray("classes").size());
    assertThat(page.locator("agent-list")).isVisible();
  }

  @ParameterizedTest
  @CsvSource({
    "zh-CN, 开机时长, 日均开机时长(分钟), 登记",
    "en, Power-on time, Power-on time a day (minutes), registered"
  })
  void aSchoolsPageShowsForHowLongItsClassesWereOnAndWhatOfItsRoomsCanBeUsed(
      String language, String heading, String column, String seats) {
    String code = schoolWithLineAndClasses().getString("code");
    Page page = open("/schools/" + code + "?lang=" + language, 1440, 900);
    assertThat(page.locator("#part-use")).hasText(heading);
    Locator table = page.locator("power-on-table table");
    assertThat(table.locator("thead th").nth(1)).hasText(column);
    int classes = get("/api/v1/schools/" + code + "/power-on").getJsonArray("classes").size();
    assertThat(table.locator("tbody tr")).hasCount(classes);
    assertThat(table.locator("tbody tr td").first()).hasText(Pattern.compile("\\d+|—"));
    if (!get("/api/v1/schools/" + code).getJsonArray("rooms").isEmpty()) {
      assertThat(page.locator("room-seats h3 small").first()).containsText(seats);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "zh-CN, 结对学校, 丢包率, 通, 尚未监测结对学校",
    "en, Partner schools, Packet loss, Up, No partner school is looked at yet"
  })
  void aSchoolsPageShowsItsPartnerSchools(
      String language, String heading, String loss, String up, String none) {
    List<String> codes =
        get("/api/v1/schools?size=500").getJsonArray("items").stream()
            .map(school -> ((JsonObject) school).getString("code"))
            .toList();
    String code =
        codes.stream().filter(each -> !partners(each).isEmpty()).findFirst().orElse(codes.get(0));
    Page page = open("/schools/" + code + "?lang=" + language, 1440, 900);
    assertThat(page.locator("#part-partners")).hasText(heading);
    Locator list = page.locator("partner-list");
    JsonArray partners = partners(code);
    if (partners.isEmpty()) {
      assertThat(list).containsText(none);
      return;
    }
    assertThat(list.locator("thead th").nth(4)).hasText(loss);
    assertThat(list.locator("tbody tr")).hasCount(partners.size());
    assertThat(list.locator("tbody tr .device").first()).hasText(up);
  }

  private JsonArray partners(String code) {
    return get("/api/v1/schools/" + code + "/partners").getJsonArray("partners");
  }

  @ParameterizedTest
  @CsvSource({
    "zh-CN, 其他指标, 计入区县指标, 未达标, 未配置标准",
    "en, Other indicators, Counts towards the county, Not met, No standard configured"
  })
  void aSchoolsPageShowsThePartsOfItsLinkFurtherIndicatorsAndWhatCountsTowardsTheCounty(
      String language, String others, String county, String notMet, String noRule) {
    String code = schoolWithLineAndClasses().getString("code");
    Page page = open("/schools/" + code + "?lang=" + language, 1440, 900);
    Locator part = page.locator("part-marks .parts li");
    assertThat(part.first()).isVisible();
    for (String asked : List.of("MEDIUM", "BANDWIDTH", "NETWORK")) {
      Locator mark = page.locator("part-marks .parts li[data-part=" + asked + "]").first();
      assertThat(mark.locator(".stamp")).not().isEmpty();
      assertThat(mark.locator(".verdict-word")).not().isEmpty();
    }
    assertThat(page.locator("#part-others")).hasText(others);
    Locator row = page.locator("indicator-list tbody tr").first();
    assertThat(row.locator(".stamp").first()).isVisible();
    assertThat(row.locator(".why")).not().isEmpty();
    row.locator("details summary").click();
    assertThat(row.locator("details .reasons li").first()).isVisible();
    assertThat(page.locator("indicator-list .unset")).containsText(noRule);
    assertThat(page.locator("indicator-list tr[data-verdict=NOT_APPLICABLE]")).hasCount(0);
    assertThat(page.locator("#part-county")).hasText(county);
    assertThat(page.locator("county-list [data-counts]").first()).isVisible();
    assertThat(page.locator("county-list")).not().containsText(notMet);
    assertThat(page.locator("target-row")).hasCount(2);
  }

  @ParameterizedTest
  @CsvSource({
    "zh-CN, 其他指标, 均衡, 校际差异系数",
    "en, Other indicators, Balance, Inter-school coefficient of variation"
  })
  void aRegionsPageShowsItsFurtherIndicatorsAndHowEvenItIs(
      String language, String others, String balance, String coefficient) {
    Page page = open("/?lang=" + language, 1440, 900);
    assertThat(page.locator(".standing-rules tbody tr")).hasCount(4);
    assertThat(page.locator("#part-indicators")).hasText(others);
    assertThat(page.locator("indicator-table tr[data-level=SCHOOL] td").first())
        .containsText(Pattern.compile("\\d"));
    assertThat(page.locator("indicator-table tr[data-level=COUNTY] .stamp").first()).isVisible();
    assertThat(page.locator("indicator-table .unset")).isVisible();
    assertThat(page.locator("#part-balance")).hasText(balance);
    assertThat(page.locator("coefficient-table caption")).hasText(coefficient);
    assertThat(page.locator("coefficient-table tbody tr")).hasCount(4);
    Locator left = page.locator("coefficient-table details").first();
    left.locator("summary").click();
    assertThat(left.locator(".reasons b").first()).not().isEmpty();
    assertThat(left.locator(".names a").first()).hasAttribute("href", Pattern.compile("/schools/"));
    assertThat(page.locator("gap-table")).isVisible();
    assertThat(page.locator("plan-progress [data-figure=planned]")).containsText("%");
    assertThat(page.locator("plan-progress [data-figure=actual]")).containsText("%");
    assertThat(page.locator("plan-progress .ours")).isVisible();
  }

  @ParameterizedTest
  @CsvSource({"zh-CN, 收紧", "en, Tightened"})
  void theTargetsPageGroupsRulesByLevelAndSaysWhatIsInheritedAndTightened(
      String language, String tightened) {
    Page page = open("/targets?profile=GD-LONGGANG-2011&lang=" + language, 1440, 900);
    Locator profile = page.locator(".profile").first();
    for (String group : List.of("headline", "others", "county")) {
      assertThat(profile.locator("[data-group=" + group + "]")).isVisible();
    }
    assertThat(profile.locator(".rule[data-rule=XXT-A] .inherited")).containsText("GD-2010-18");
    assertThat(profile.locator(".rule[data-rule=SYXX] .tightened")).containsText(tightened);
    assertThat(profile.locator(".rule[data-rule=JSJS] .conditions .ours")).isVisible();
    Locator national = page.locator("#profile-MOE-2017-6-L7 ~ details");
    national.locator("summary").first().click();
    assertThat(national.locator(".rule[data-rule=L7-P]")).isVisible();
    assertThat(national.locator(".rule[data-rule=L7-P] .quote")).hasCount(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zh-CN", "en"})
  void noPageIsWiderThanAPhone(String language) {
    String school = "/schools/" + schoolWithLineAndClasses().getString("code");
    for (String path : List.of("/", "/sheet", "/sheet" + school, "/schools", school, "/targets")) {
      Page page = open(path + "?lang=" + language, 360, 780);
      assertThat(page.locator("main h1").first()).isVisible();
      if (path.startsWith("/sheet")) {
        page.locator("td[data-mark]").last().click();
        assertThat(page.locator("roll-reason .reasons li").first()).isVisible();
      }
      if (path.equals("/")) {
        assertThat(page.locator("plan-progress [data-figure=planned]")).isVisible();
      }
      page.locator("main")
          .evaluate(
              "main => main.querySelectorAll('details').forEach(one => { one.open = true; })");
      page.locator("main").evaluate("() => new Promise(requestAnimationFrame)");
      Object wide = page.evaluate("document.documentElement.scrollWidth");
      assertThat(wide).as("width of %s in %s", path, language).isEqualTo(360);
      Objects.requireNonNull(visit).close();
    }
  }

  @Test
  void aSchoolChosenInTheListIsMarkedOnTheMap() {
    Page page = open("/?lang=en", 1440, 900);
    Locator row = page.locator(".attention tr[data-code]").first();
    String code = Objects.requireNonNull(row.getAttribute("data-code"));
    row.locator(".reasons").click();
    assertThat(page.locator(".pin.chosen")).hasAttribute("data-code", code);
    assertThat(page).hasURL(Pattern.compile("[?&]school=" + code));
    assertThat(page.locator(".chosen-school a")).hasAttribute("href", Pattern.compile(code));
  }

  @Test
  void aSchoolChosenOnTheMapIsMarkedInTheList() {
    Page page = open("/?lang=en", 1440, 900);
    page.locator(".pin[data-verdict=NOT_MET]").first().dispatchEvent("click");
    assertThat(page.locator(".attention tr.chosen")).hasCount(1);
  }

  @Test
  void theMapIsWalkedByKeyboard() {
    Page page = open("/?lang=en", 1440, 900);
    Locator stop = page.locator(".pin[tabindex='0']");
    assertThat(stop).hasCount(1);
    stop.focus();
    String first = Objects.requireNonNull(stop.getAttribute("data-code"));
    for (String key : List.of("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown")) {
      page.keyboard().press(key);
      if (!first.equals(page.locator(".pin[tabindex='0']").getAttribute("data-code"))) {
        break;
      }
    }
    assertThat(page.locator(".pin[tabindex='0']")).not().hasAttribute("data-code", first);
    page.keyboard().press("Enter");
    assertThat(page.locator(".pin.chosen")).hasCount(1);
  }

  @Test
  void theFilterLiesInTheAddressAndBackUndoesIt() {
    Page page = open("/?lang=en", 1440, 900);
    Locator rows = page.locator(".standing-rules tbody tr");
    assertThat(rows.first()).isVisible();
    int all = rows.count();
    page.locator("rule-filter select").selectOption("XXT");
    assertThat(page).hasURL(Pattern.compile("rule=XXT"));
    assertThat(rows).hasCount(2);
    page.goBack();
    assertThat(rows).hasCount(all);
  }

  @ParameterizedTest
  @CsvSource({"zh-CN, 达标率", "en, Share met"})
  void anAreaIsFilledByItsShareAndNamesItsNumbers(String language, String legend) {
    Page page = open("/?lang=" + language, 1440, 900);
    JsonObject area = firstArea();
    Locator shape = page.locator(".area[data-code='" + area.getString("code") + "']");
    assertThat(shape).hasAttribute("data-step", Pattern.compile("[0-3]|unknown|none"));
    JsonObject counts = area.getJsonObject("counts");
    assertThat(shape)
        .hasAttribute("aria-label", Pattern.compile("\\b" + counts.getInteger("met") + "\\b"));
    assertThat(page.locator("map-legend .shares")).containsText(legend);
    assertThat(page.locator("map-legend .swatch[data-step=unknown]")).hasCount(1);
    Locator row = page.locator(".divisions tr[data-area='" + area.getString("code") + "']");
    int all =
        counts.getInteger("met") + counts.getInteger("notMet") + counts.getInteger("insufficient");
    assertThat(row.locator("td").first()).containsText(counts.getInteger("met") + "/" + all);
    row.hover();
    assertThat(shape).hasClass(Pattern.compile("pointed"));
  }

  @Test
  void anAreaIsEnteredByKeyboardAndTheTrailLeadsBack() {
    Page page = open("/?lang=en&rule=XXT", 1440, 900);
    String code = firstArea().getString("code");
    page.locator(".area[data-code='" + code + "']").focus();
    assertThat(page.locator(".divisions tr.pointed")).hasAttribute("data-area", code);
    page.keyboard().press("Enter");
    assertThat(page).hasURL(Pattern.compile("/regions/" + code + "\\?.*rule=XXT"));
    assertThat(page.locator(".trail a[aria-current=page]"))
        .hasAttribute("href", Pattern.compile(code));
    page.locator(".trail a").first().click();
    assertThat(page.locator(".divisions")).isVisible();
    Locator pin = page.locator(".pin[tabindex='0']");
    pin.focus();
    String school = Objects.requireNonNull(pin.getAttribute("data-code"));
    page.keyboard().press("Enter");
    assertThat(page.locator(".pin.chosen")).hasAttribute("data-code", school);
    page.keyboard().press("Enter");
    assertThat(page).hasURL(Pattern.compile("/schools/" + school));
  }

  @Test
  void profileAndDateAreControlsAndLieInTheAddress() {
    Page page = open("/?lang=en", 1440, 900);
    String newest = get("/api/v1/context").getString("asOf");
    Locator date = page.locator("map-controls input[name=at]");
    assertThat(date).hasValue(newest);
    assertThat(date).hasAttribute("max", newest);
    String before = LocalDate.parse(newest).minusDays(1).toString();
    date.fill(before);
    date.dispatchEvent("change");
    assertThat(page).hasURL(Pattern.compile("at=" + before));
    assertThat(page.locator(".judged-by")).containsText(before);
    assertThat(page.locator(".standing-rules caption")).containsText(before);
    page.locator("map-controls select[name=profile]").selectOption("GD-LONGGANG-2011");
    assertThat(page).hasURL(Pattern.compile("profile=GD-LONGGANG-2011"));
    assertThat(page.locator(".judged-by")).containsText("GD-LONGGANG-2011");
    page.goBack();
    page.goBack();
    assertThat(date).hasValue(newest);
  }

  @ParameterizedTest
  @CsvSource({"zh-CN, 播放, 360", "en, Play, 1440"})
  void theTimeLapsePlaysItsStepsAndPausesOnOne(String language, String play, int width) {
    Page page = open("/?lang=" + language, width, 900);
    page.locator(".lapse-open").click();
    Locator shown = page.locator(".lapse-date");
    assertThat(shown).isVisible();
    assertThat(page.locator("school-map[data-past]")).hasCount(1);
    Locator back = page.locator(".lapse-back");
    while (back.isEnabled()) {
      back.press("Enter");
    }
    JsonArray steps =
        get("/api/v1/regions/" + get("/api/v1/context").getString("root") + "/timeline")
            .getJsonArray("steps");
    assertThat(shown).hasText(steps.getJsonObject(0).getString("date"));
    assertThat(page.locator(".lapse-play")).containsText(play);
    page.locator(".lapse-play").press("Enter");
    assertThat(shown).hasText(steps.getJsonObject(steps.size() - 1).getString("date"));
    assertThat(page.locator(".lapse-play")).containsText(play);
    assertThat(page)
        .hasURL(
            Pattern.compile("lapse=" + steps.getJsonObject(steps.size() - 1).getString("date")));
    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
    page.locator(".lapse-open").click();
    assertThat(page.locator("school-map[data-past]")).hasCount(0);
  }

  @Test
  void theTimeLapseMovesOnDemandOnlyWhereMotionIsUnwanted() {
    Page page =
        open(
            "/?lang=en&lapse=2020-01-01",
            new Browser.NewContextOptions()
                .setViewportSize(1440, 900)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setColorScheme(ColorScheme.DARK));
    assertThat(page.locator(".lapse-date")).isVisible();
    assertThat(page.locator(".lapse-play")).hasCount(0);
    assertThat(page.locator(".lapse-says")).containsText("less motion");
    Locator range = page.locator(".lapse-range");
    range.focus();
    page.keyboard().press("End");
    assertThat(page.locator(".lapse-date")).hasText(get("/api/v1/context").getString("asOf"));
    assertThat(page.locator(".lapse-next")).isDisabled();
  }

  @Test
  void marksThatWouldCoverEachOtherStandAsOneThatCountsThem() {
    Page page = open("/?lang=en", 1440, 900);
    assertThat(page.locator(".pin").first()).isAttached();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              boolean gathered = page.locator(".cluster").count() > 0;
              if (!gathered) {
                page.locator(".leaflet-control-zoom-out").click();
              }
              return gathered;
            });
    Locator cluster = page.locator(".cluster").first();
    assertThat(cluster).hasAttribute("aria-label", Pattern.compile("\\d+ schools, \\d+ of them"));
    assertThat(cluster.locator(".cluster-face")).hasText(Pattern.compile("\\d+/\\d+"));
    int gathered = page.locator(".pin.gathered").count();
    assertThat(gathered).isGreaterThan(1);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              if (cluster.count() > 0 && page.locator(".pin.gathered").count() == gathered) {
                cluster.press("Enter"); // one that the zoom replaces meanwhile hears nothing
              }
              return page.locator(".pin.gathered").count() < gathered;
            });
  }

  private JsonObject firstArea() {
    return get("/api/v1/map").getJsonArray("features").stream()
        .map(feature -> ((JsonObject) feature).getJsonObject("properties"))
        .filter(properties -> properties.getString("kind").equals("area"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("The map has no area"));
  }

  @Test
  void theLanguageIsSwitchedAndStaysInTheAddress() {
    Page page = open("/schools?lang=zh-CN", 1440, 900);
    assertThat(page.locator("main h1")).hasText("学校");
    page.locator("button.language").click();
    assertThat(page.locator("main h1")).hasText("Schools");
    assertThat(page).hasURL(Pattern.compile("lang=en"));
    page.locator(".rail a").first().click();
    assertThat(page).hasURL(Pattern.compile("lang=en"));
    page.navigate(base() + "/targets");
    assertThat(page.locator("main h1")).hasText("Targets");
  }

  @Test
  void schoolsAreFoundByPartOfTheirName() {
    JsonObject school = schoolWithLineAndClasses();
    Page page = open("/schools?lang=zh-CN", 1440, 900);
    page.locator("input[name=q]").fill(school.getString("name"));
    assertThat(page.locator(".schools tbody tr[data-code='" + school.getString("code") + "']"))
        .isVisible();
    page.locator("input[name=q]").fill("no school is called so");
    assertThat(page.locator("schools-page")).containsText("没有符合条件的学校");
  }

  @Test
  void theTargetsPageQuotesTheArticlesAndOwnsItsDefaults() {
    Page page = open("/targets?lang=zh-CN", 1440, 900);
    assertThat(page.locator(".rule .quote").first()).containsText("镇中心小学以上学校");
    assertThat(page.locator(".ours").first()).hasText("项目默认值");
  }

  @ParameterizedTest
  @CsvSource({"zh-CN, 点名册, 到, 无数据", "en, roll-call sheet, present, No data"})
  void theSheetMarksEverySchoolOnEveryDayAndOpensAReason(
      String language, String heading, String present, String noData) {
    Page page = open("/sheet?lang=" + language, 1440, 900);
    assertThat(page.locator("main h1")).containsText(heading);
    assertThat(page.locator(".roll-line")).containsText(present);
    assertThat(page.locator(".roll-legend li")).hasCount(5);
    int schools = get("/api/v1/schools?size=1").getInteger("total");
    assertThat(page.locator("tr[data-row]")).hasCount(Math.min(50, schools));
    Locator row = page.locator("tr[data-row]").first();
    assertThat(row.locator("td[data-mark]")).hasCount(20);
    Locator cell = page.locator("td[data-mark=NO_DATA]").first();
    assertThat(cell.locator(".stamp")).hasText("?");
    assertThat(cell.locator(".unseen")).hasText(noData);
    cell.click();
    Locator reason = page.locator("roll-reason .roll-reason");
    assertThat(reason.locator(".reasons li").first()).not().isEmpty();
    assertThat(reason).containsText(noData);
    assertThat(page).hasURL(Pattern.compile("open="));
    String said = reason.innerText();
    page.reload();
    assertThat(reason).isVisible();
    assertThat(reason.innerText()).isEqualTo(said);
    reason.locator("button").click();
    assertThat(reason).isHidden();
  }

  @Test
  void theSheetIsWalkedByKeyboard() {
    Page page = open("/sheet?lang=en", 1440, 900);
    Locator stop = page.locator(".roll tbody [tabindex='0']");
    assertThat(stop).hasCount(1);
    stop.focus();
    Locator first = page.locator("tr[data-row]").first().locator("td[data-mark]");
    assertThat(first.first()).isFocused();
    page.keyboard().press("ArrowRight");
    assertThat(first.nth(1)).isFocused();
    page.keyboard().press("Enter");
    Locator reason = page.locator("roll-reason .roll-reason");
    assertThat(reason).isVisible();
    assertThat(first.nth(1)).hasAttribute("aria-selected", "true");
    page.keyboard().press("ArrowDown");
    Locator second = page.locator("tr[data-row]").nth(1).locator("td[data-mark]");
    assertThat(second.nth(1)).isFocused();
    assertThat(second.nth(1)).hasAttribute("aria-selected", "true");
    assertThat(stop).hasCount(1);
    page.keyboard().press("Escape");
    assertThat(reason).isHidden();
    page.keyboard().press("End");
    assertThat(second.last()).isFocused();
    page.keyboard().press("Control+Home");
    assertThat(page.locator("tr[data-row] th a").first()).isFocused();
    page.keyboard().press("Enter");
    assertThat(page).hasURL(Pattern.compile("/sheet/schools/"));
  }

  @Test
  void theSheetIsFilteredAndSortedAndAllOfItLiesInTheAddress() {
    Page page = open("/sheet?lang=zh-CN", 1440, 900);
    Locator rows = page.locator("tr[data-row]");
    assertThat(rows.first()).isVisible();
    page.locator("select[name=sort]").selectOption("NAME");
    assertThat(page).hasURL(Pattern.compile("sort=NAME"));
    page.locator("input[name=gaps]").check();
    assertThat(page).hasURL(Pattern.compile("gaps=true"));
    assertThat(
            page.locator(
                "tr[data-row]:not(:has(td[data-mark=NO_DATA], td[data-mark=ABSENT],"
                    + " td[data-mark=DISPUTED]))"))
        .hasCount(0);
    JsonObject school = schoolWithLineAndClasses();
    page.goBack();
    page.locator("input[name=q]").fill(school.getString("name"));
    assertThat(page.locator("tr[data-row='" + school.getString("code") + "']")).isVisible();
    page.locator("input[name=q]").fill("no school is called so");
    assertThat(page.locator("sheet-page")).containsText("没有符合条件的学校");
    assertThat(page.locator("a[download]")).hasAttribute("href", Pattern.compile("format=CSV"));
  }

  @ParameterizedTest
  @CsvSource({"zh-CN, 学校线路, 点名册", "en, The school's line, Roll-call sheet"})
  void aSchoolHasASheetOfItsClassesAndItsOwnPageShowsIt(
      String language, String line, String heading) {
    JsonObject school = schoolWithLineAndClasses();
    String code = school.getString("code");
    int classes = school.getJsonArray("classes").size();
    Page page = open("/sheet/schools/" + code + "?lang=" + language, 1440, 900);
    assertThat(page.locator("tr[data-row=line] th")).hasText(line);
    assertThat(page.locator("tbody[data-group=c0] tr[data-row]")).hasCount(classes);
    assertThat(page.locator("tbody[data-group=c0] .counts .of").first())
        .containsText("/" + classes);
    if (!school.getJsonArray("rooms").isEmpty()) {
      assertThat(page.locator("tbody[data-group=r0] tr[data-row]").first()).isVisible();
    }
    page.locator(".roll-head a[href*='/schools/']").first().click();
    assertThat(page.locator("#part-roll")).hasText(heading);
    assertThat(page.locator("school-roll tbody[data-group=c0] tr[data-row]")).hasCount(classes);
    assertThat(page.locator("school-roll tbody[data-group=r0]")).hasCount(0);
  }

  @Test
  void theSheetGoesOnLandscapePaperWithItsLegendAndWithoutItsTools() {
    Page page = open("/sheet?lang=en", 1440, 900);
    assertThat(page.locator("tr[data-row]").first()).isVisible();
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    assertThat(page.locator(".roll-legend")).isVisible();
    assertThat(page.locator(".roll-head .paper")).isVisible();
    assertThat(page.locator(".tools")).isHidden();
    assertThat(page.locator(".rail")).isHidden();
    byte[] paper = page.pdf(new Page.PdfOptions().setPreferCSSPageSize(true));
    assertThat(new String(paper, StandardCharsets.ISO_8859_1))
        .containsPattern("/MediaBox \\[0 0 84\\d(\\.\\d+)? 59\\d(\\.\\d+)?]");
  }

  @Test
  void everyPageSaysWhenItsDataIsSimulated() {
    boolean simulated = get("/api/v1/context").getBoolean("simulated");
    for (String path : List.of("/", "/sheet", "/schools", "/targets")) {
      Page page = open(path + "?lang=en", 1440, 900);
      assertThat(page.locator("main h1").first()).isVisible();
      assertThat(page.locator(".simulated")).hasCount(simulated ? 1 : 0);
      Objects.requireNonNull(visit).close();
    }
  }

  private Page open(String path, int width, int height) {
    return open(path, new Browser.NewContextOptions().setViewportSize(width, height));
  }

  private Page open(String path, Browser.NewContextOptions how) {
    visit = Objects.requireNonNull(browser).newContext(how);
    visit.setDefaultTimeout(PATIENCE_MILLIS);
    visit.setDefaultNavigationTimeout(PATIENCE_MILLIS);
    Page page = visit.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            faults.add(path + ": " + message.text());
          }
        });
    page.onPageError(error -> faults.add(path + ": " + error));
    page.onRequest(
        request -> {
          String url = request.url();
          if (!url.startsWith(base() + "/") && !url.startsWith("data:")) {
            faults.add(path + " asked elsewhere: " + url);
          }
        });
    page.navigate(base() + path);
    return page;
  }

  private static void assertPin(Page page, String verdict, String mark, String word) {
    Locator pin = page.locator(".pin[data-verdict=" + verdict + "]").first();
    assertThat(pin.locator(".stamp")).containsText(mark);
    assertThat(pin).hasAttribute("aria-label", Pattern.compile(word));
    assertThat(page.locator("map-legend [data-verdict=" + verdict + "]")).containsText(word);
  }

  private static boolean isSchool(JsonObject feature) {
    return feature.getJsonObject("properties").getString("kind").equals("school");
  }

  private JsonObject schoolWithLineAndClasses() {
    JsonArray schools = get("/api/v1/schools?size=500").getJsonArray("items");
    return schools.stream()
        .map(JsonObject.class::cast)
        .map(school -> get("/api/v1/schools/" + school.getString("code")))
        .filter(school -> !school.getJsonArray("links").isEmpty())
        .filter(school -> !school.getJsonArray("classes").isEmpty())
        .findFirst()
        .orElseThrow(() -> new AssertionError("The server has no school with a line and classes"));
  }

  private JsonObject get(String path) {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(base() + path)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      return new JsonObject(answer.body());
    } catch (IOException e) {
      throw new AssertionError(path + " did not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(path + " was interrupted", e);
    }
  }
}
