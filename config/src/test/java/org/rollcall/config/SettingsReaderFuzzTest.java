package org.rollcall.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.config.SettingsReaderTest.Outer;

/** Whatever text is given as settings: settings, or problems with a place, a reason and a hint. */
class SettingsReaderFuzzTest {

  static Stream<byte[]> seeds() {
    return Stream.of(
            "count: 9\ncolour: deep-red\nfile: sub/x.csv\nday: 2028-02-29\nsmall: {cap: 64KiB}\n",
            "inners:\n  - {interval: 5m, name: a}\n  - name: refused\nfactors: {a: 0.5, b: .inf}\n",
            "password: [a, b]\ncount: 99999999999999999999\nsmall: {cap: 999999999999GiB}\n",
            "a: &x [*x]\n",
            "[".repeat(200),
            "{a: ".repeat(60),
            "? [complex]\n: value\n",
            "!!java.net.URL ['http://127.0.0.1/']\n",
            "--- 1\n--- 2\n",
            "count: \"\\ud800\"\n",
            "\ufeffcount: 3\r\nday: 0000-00-00\n",
            "%YAML 9.9\n---\ncount: 0x7f\n",
            "<<: {count: 1}\ncount: 1\ncount: 2\n",
            "text: |+\n\n  x\n 	y")
        .map(text -> text.getBytes(UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void everyProblemHasItsPlaceAndReason(byte[] bytes) {
    String yaml = new String(bytes, UTF_8);
    Outer settings;
    try {
      settings = SettingsReader.read("test.yaml", yaml, Path.of("/etc/rollcall"), Outer.class);
    } catch (SettingsException e) {
      assertThat(e).hasMessageStartingWith("test.yaml cannot be used:");
      assertThat(e.problems()).isNotEmpty();
      for (Problem problem : e.problems()) {
        assertThat(problem.path()).isNotEmpty();
        assertThat(problem.reason()).isNotBlank();
        assertThat(problem.hint()).isNotBlank();
        assertThat(problem.value()).hasSizeLessThan(100);
      }
      return;
    }
    assertThat(settings.count()).isBetween(1, 9);
    assertThat(settings.colour()).isNotNull();
    assertThat(settings.small().cap().bytes()).isNotNegative();
  }
}
