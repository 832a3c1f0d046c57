package org.rollcall.web.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The district's page in Debian's Chromium: the map, its controls, and the table beside it. */
class MapPagesIT extends VisitTest {
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

  private static void assertPin(Page page, String verdict, String mark, String word) {
    Locator pin = page.locator(".pin[data-verdict=" + verdict + "]").first();
    assertThat(pin.locator(".stamp")).containsText(mark);
    assertThat(pin).hasAttribute("aria-label", Pattern.compile(word));
    assertThat(page.locator("map-legend [data-verdict=" + verdict + "]")).containsText(word);
  }

  private static boolean isSchool(JsonObject feature) {
    return feature.getJsonObject("properties").getString("kind").equals("school");
  }
}
