package org.rollcall.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages' words: both languages whole, nothing said that has no words. */
class MessagesTest {
  private static final Path STATIC =
      Path.of(System.getProperty("rollcall.root"), "web/src/main/resources/static");

  /** The form of a message for exactly one thing, which Chinese does not tell apart. */
  private static final String ONE = ".one";

  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)\\}");
  private static final Pattern SAID = Pattern.compile("\\bt\\(\\s*'([^']+)'");
  private static final Pattern SAID_BY_KIND = Pattern.compile("\\bt\\(`([\\w.-]+)\\.\\$\\{");

  @Test
  void bothLanguagesHaveTheSameMessages() {
    JsonObject english = messages("en");
    Set<String> keys =
        english.fieldNames().stream()
            .filter(key -> !key.endsWith(ONE))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(new TreeSet<>(messages("zh-CN").fieldNames())).isEqualTo(keys);
  }

  @Test
  void everyFormForOneBelongsToAMessage() {
    JsonObject english = messages("en");
    assertThat(english.fieldNames())
        .filteredOn(key -> key.endsWith(ONE))
        .allSatisfy(
            key ->
                assertThat(english.fieldNames())
                    .contains(key.substring(0, key.length() - ONE.length())));
  }

  @Test
  void bothLanguagesFillTheSamePlaces() {
    JsonObject chinese = messages("zh-CN");
    JsonObject english = messages("en");
    for (String key : chinese.fieldNames()) {
      assertThat(places(english.getString(key))).as(key).isEqualTo(places(chinese.getString(key)));
    }
  }

  @Test
  void noMessageIsEmpty() {
    for (String language : List.of("zh-CN", "en")) {
      JsonObject messages = messages(language);
      assertThat(messages.fieldNames())
          .allSatisfy(key -> assertThat(messages.getString(key)).as(key).isNotBlank());
    }
  }

  @Test
  void everythingThePagesSayHasWords() throws IOException {
    Set<String> keys = messages("en").fieldNames();
    try (Stream<Path> files = Files.walk(STATIC.resolve("js"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".js")).toList()) {
        String code = Files.readString(file, StandardCharsets.UTF_8);
        for (String key : found(SAID, code)) {
          assertThat(keys).as(file.toString()).contains(key);
        }
        for (String kind : found(SAID_BY_KIND, code)) {
          assertThat(keys).as(file.toString()).anyMatch(key -> key.startsWith(kind + "."));
        }
      }
    }
  }

  @Test
  void theVerdictsAreCalledAsTheGlossarySays() {
    assertThat(messages("zh-CN").getString("verdict.MET")).isEqualTo("达标");
    assertThat(messages("zh-CN").getString("verdict.NOT_MET")).isEqualTo("未达标");
    assertThat(messages("zh-CN").getString("verdict.INSUFFICIENT_DATA")).isEqualTo("数据不足");
    assertThat(messages("en").getString("verdict.INSUFFICIENT_DATA"))
        .isEqualTo("Insufficient data");
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).toList();
  }

  private static Set<String> places(String message) {
    return PLACE
        .matcher(message)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static JsonObject messages(String language) {
    Path file = STATIC.resolve("i18n").resolve(language + ".json");
    try {
      return new JsonObject(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
