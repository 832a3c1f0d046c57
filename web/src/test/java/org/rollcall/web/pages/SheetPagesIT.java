package org.rollcall.web.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The roll-call sheets in Debian's Chromium. */
class SheetPagesIT extends VisitTest {
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
}
