package org.rollcall.web.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.web.TestServer;

/**
 * A school's page, a region's, the targets, and what holds for every page, in Debian's Chromium.
 */
class PagesIT extends VisitTest {
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
    assertThat(page.locator("target-row .trend").first()).containsText("30");
    page.locator("line-chart .switch button").last().click();
    assertThat(page).hasURL(Pattern.compile("days=140"));
    assertThat(page.locator("line-chart .switch button[aria-pressed=true]").last())
        .containsText("20");
    page.locator("#part-line").scrollIntoViewIfNeeded();
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(WalkIT.PICTURES.resolve("school-term-" + language + ".png")));
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
  @CsvSource({"zh-CN, 测速 \\d+ 次", "en, \\d+ tests"})
  void aLinesTestsAreMarkedOnItsChart(String language, String tests) {
    Page page =
        open("/schools/" + TestServer.SCHOOLS.get(0) + "?days=30&lang=" + language, 1440, 900);
    Locator chart = page.locator("line-chart .canvas").first();
    assertThat(chart).hasAttribute("aria-label", Pattern.compile(tests));
    assertThat(chart.locator("canvas")).isVisible();
    chart.screenshot(
        new Locator.ScreenshotOptions()
            .setPath(WalkIT.PICTURES.resolve("line-tests-" + language + ".png")));
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
      leave();
    }
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

  @Test
  void theLanguageIsSwitchedAndStaysInTheAddress() {
    Page page = open("/schools?lang=zh-CN", 1440, 900);
    assertThat(page.locator("main h1")).hasText("学校");
    page.locator("button.language").click();
    assertThat(page.locator("main h1")).hasText("Schools");
    assertThat(page).hasURL(Pattern.compile("lang=en"));
    page.locator(".rail a").first().click();
    assertThat(page).hasURL(Pattern.compile("lang=en"));
    page.navigate(SharedServer.base() + "/targets");
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

  @Test
  void everyPageSaysWhenItsDataIsSimulated() {
    boolean simulated = get("/api/v1/context").getBoolean("simulated");
    for (String path : List.of("/", "/sheet", "/schools", "/targets")) {
      Page page = open(path + "?lang=en", 1440, 900);
      assertThat(page.locator("main h1").first()).isVisible();
      assertThat(page.locator(".simulated")).hasCount(simulated ? 1 : 0);
      leave();
    }
  }
}
