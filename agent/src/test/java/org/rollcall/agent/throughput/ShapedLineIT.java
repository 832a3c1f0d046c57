package org.rollcall.agent.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The paced test on lines that the kernel shapes, both ends as processes of their own. */
class ShapedLineIT {
  private static final double TARGET = 10e6;
  private static final long MOST_BYTES = 15_000_000;

  @ParameterizedTest(name = "{0} Mbit/s, {1} ms, {2} % lost")
  @CsvSource({"4, 30, 1.0, 0", "8, 10, 0.5, 0", "10, 20, 0.5, 1", "100, 5, 0.1, 1"})
  void itTellsWhetherALineCarriesTenMegabit(
      int megabits, int delayMillis, double lossPercent, int passed) throws Exception {
    ShapedLine.Shape shape = new ShapedLine.Shape(megabits, delayMillis, lossPercent);
    try (ShapedLine line = new ShapedLine(shape)) {
      Map<String, String> seen = test(line, shape);
      String all = seen + " by netem: " + line.delaysAndLoses();

      assertThat(seen).as(all).containsEntry("reason", "").containsEntry("passed", passed + ".0");
      double expected = Math.min(megabits * 1e6, 1.05 * TARGET);
      double download = Double.parseDouble(seen.get("downloadBitsPerSecond"));
      // Where netem is missing the test's own relay shapes the line, and shares this machine.
      double least = (line.delaysAndLoses() ? 0.95 : 0.9) * expected;
      assertThat(download).as(all).isBetween(least, 1.05 * expected);
      double upload = Double.parseDouble(seen.get("uploadBitsPerSecond"));
      assertThat(upload).as(all).isBetween(least, 1.05 * expected);
      assertThat(Double.parseDouble(seen.get("transferSeconds"))).as(all).isGreaterThan(5);
      assertThat(Double.parseDouble(seen.get("rttMillis"))).as(all).isGreaterThan(2 * delayMillis);
      assertThat(line.bytes()).as(all).isBetween(4_000_000L, MOST_BYTES);
    }
  }

  private static Map<String, String> test(ShapedLine line, ShapedLine.Shape shape)
      throws IOException, InterruptedException {
    String target = Double.toString(TARGET);
    Process district = new ProcessBuilder(line.inDistrict(java("district", target))).start();
    try (BufferedReader heard = reader(district)) {
      String ready = heard.readLine();
      assertThat(ready).startsWith(LineEndMain.READY);
      boolean relay = !line.delaysAndLoses();
      List<String> command =
          java(
              "school",
              ShapedLine.DISTRICT,
              ready.substring(ready.indexOf(' ') + 1),
              target,
              relay ? Integer.toString(shape.delayMillis()) : "0",
              relay ? Double.toString(shape.lossPercent()) : "0");
      Process school =
          new ProcessBuilder(line.inSchool(command))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (BufferedReader said = reader(school)) {
        Map<String, String> seen = new TreeMap<>();
        for (String each = said.readLine(); each != null; each = said.readLine()) {
          int equals = each.indexOf('=');
          if (equals > 0) {
            seen.put(each.substring(0, equals), each.substring(equals + 1));
          }
        }
        assertThat(school.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return seen;
      } finally {
        school.destroyForcibly();
      }
    } finally {
      district.destroyForcibly();
    }
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static List<String> java(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(LineEndMain.class.getName());
    command.addAll(List.of(arguments));
    return command;
  }
}
