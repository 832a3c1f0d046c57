package org.rollcall.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class LibrariesTest {
  private static final Pattern MAPPED = Pattern.compile("\": \"(/lib/[^\"]+)\"");

  @ParameterizedTest
  @FieldSource("org.rollcall.web.pages.Libraries#ALL")
  void everyLibrarysEntryLiesOnTheClassPath(Libraries.Library library) {
    assertThat(onClassPath(library.folder() + library.entry())).as(library.toString()).isTrue();
  }

  @Test
  void everyFileTheImportMapNamesIsServed() throws IOException {
    Matcher named = MAPPED.matcher(indexPage());
    int count = 0;
    while (named.find()) {
      String path = named.group(1);
      if (path.endsWith("/")) {
        assertThat(Libraries.ALL).as(path).anyMatch(library -> path.equals(library.prefix()));
      } else {
        assertThat(Libraries.resource(path))
            .as(path)
            .hasValueSatisfying(LibrariesTest::onClassPath);
        assertThat(onClassPath(Libraries.resource(path).orElseThrow())).as(path).isTrue();
      }
      count++;
    }
    assertThat(count).isGreaterThanOrEqualTo(9);
  }

  @Test
  void theShellLoadsNothingFromElsewhereAndHasNoOtherInlineScript() throws IOException {
    String page = indexPage();
    assertThat(page).doesNotContainPattern("(src|href)=\"(https?:)?//");
    assertThat(page.split("<script", -1)).hasSize(3);
    assertThat(page).doesNotContain("style=\"").doesNotContain("onload=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/lib/lit/../../secret", "/lib/lit//x.js", "/lib/lit/\\x.js", "/lib/other/x.js"})
  void aPathThatLeavesItsLibraryMeansNothing(String path) {
    assertThat(Libraries.resource(path)).isEmpty();
  }

  private static boolean onClassPath(String resource) {
    return LibrariesTest.class.getClassLoader().getResource(resource) != null;
  }

  private static String indexPage() throws IOException {
    Path root = Path.of(System.getProperty("rollcall.root"));
    return Files.readString(
        root.resolve("web/src/main/resources/static/index.html"), StandardCharsets.UTF_8);
  }
}
