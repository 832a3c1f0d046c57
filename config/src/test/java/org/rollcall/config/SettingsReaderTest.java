package org.rollcall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {

  enum Colour {
    DEEP_RED,
    GREEN
  }

  record Inner(@Default("30s") @Range(min = "1s", max = "1h") Duration interval, String name) {
    Inner {
      if (name.equals("refused")) {
        throw new IllegalArgumentException("choose another name");
      }
    }
  }

  record Small(@Default("4MiB") DataSize cap) {}

  record Outer(
      @Default("7") @Range(min = "1", max = "9") int count,
      @Default("green") Colour colour,
      @Nullable Path file,
      @Nullable LocalDate day,
      @Nullable String password,
      Small small,
      List<Inner> inners,
      Map<String, Double> factors) {}

  private static Outer read(String yaml) throws SettingsException {
    return SettingsReader.read("test.yaml", yaml, Path.of("/etc/rollcall"), Outer.class);
  }

  @Test
  void anEmptyFileGivesTheDefaults() throws SettingsException {
    Outer settings = read("");
    assertThat(settings.count()).isEqualTo(7);
    assertThat(settings.colour()).isEqualTo(Colour.GREEN);
    assertThat(settings.file()).isNull();
    assertThat(settings.small().cap()).isEqualTo(new DataSize(4L << 20));
    assertThat(settings.inners()).isEmpty();
  }

  @Test
  void everyKindOfValueIsRead() throws SettingsException {
    Outer settings =
        read(
            """
            count: 9
            colour: deep-red
            file: sub/x.csv
            day: 2028-02-29
            small: {cap: 64KiB}
            inners:
              - {interval: 5m, name: a}
            factors: {a: 0.5}
            """);
    assertThat(settings)
        .isEqualTo(
            new Outer(
                9,
                Colour.DEEP_RED,
                Path.of("/etc/rollcall/sub/x.csv"),
                LocalDate.of(2028, 2, 29),
                null,
                new Small(new DataSize(65_536)),
                List.of(new Inner(Duration.ofMinutes(5), "a")),
                Map.of("a", 0.5)));
  }

  @Test
  void allProblemsAreReportedAtOnceWithTheirPlaces() {
    SettingsException refused =
        catchThrowableOfType(
            SettingsException.class,
            () ->
                read(
                    """
                    count: 12
                    colour: blue
                    day: 2026-02-30
                    password: [a, b]
                    small: {cap: 4 apples}
                    inners:
                      - {interval: 2h, name: a}
                      - {interval: 5m}
                      - {interval: 5m, name: refused}
                    factors: {a: much}
                    colr: green
                    """));
    assertThat(refused)
        .hasMessage(
            """
            test.yaml cannot be used:
              colr: green: there is no such setting: known here: count, colour, file, day, password,\
             small, inners, factors
              count: 12: it is out of range: use 1 to 9
              colour: blue: it cannot be read: use one of deep-red, green
              day: 2026-02-30: it cannot be read: write it as 2026-09-01
              password: (secret): it must be one value: write a text
              small.cap: 4 apples: it cannot be read: write a size as a whole number with B, KiB,\
             MiB or GiB
              inners[0].interval: 2h: it is out of range: use 1s to 1h
              inners[1].name: (missing): it must be set: write a text
              inners[2]: (as set): it does not fit together: choose another name
              factors.a: much: it cannot be read: write a number""");
  }

  @Test
  void whatIsNotYamlIsSaidWithItsLine() {
    assertThatThrownBy(() -> read("count: 1\n  colour: [green\n"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("line ")
        .hasMessageContaining("is not YAML");
  }

  private record Open(String name, @Rest Map<String, String> options) {}

  @Test
  void keysWithoutANameOfTheirOwnAreTheRest() throws Exception {
    Path folder = Path.of("/etc/rollcall");
    assertThat(
            SettingsReader.read("o.yaml", "name: a\nifName: eth0\nport: 12\n", folder, Open.class))
        .isEqualTo(new Open("a", Map.of("ifName", "eth0", "port", "12")));
    assertThat(SettingsReader.read("o.yaml", "name: a\ntrust: file:ca.pem\n", folder, Open.class))
        .as("a file lies where the settings do")
        .isEqualTo(new Open("a", Map.of("trust", "file:/etc/rollcall/ca.pem")));
    assertThatThrownBy(
            () -> SettingsReader.read("o.yaml", "name: a\nports: [1]\n", folder, Open.class))
        .hasMessageContaining("ports: (several values): it must be one value");
  }

  @Test
  void aKeyWrittenTwiceIsRefused() {
    assertThatThrownBy(() -> read("count: 1\ncount: 2\n"))
        .hasMessageContaining("Duplicate field 'count'");
  }

  @Test
  void aMissingFileIsNamed(@TempDir Path folder) {
    Path file = folder.resolve("none.yaml");
    assertThatThrownBy(() -> SettingsReader.read(file, Outer.class))
        .hasMessageContaining("none.yaml")
        .hasMessageContaining("there is no such file");
  }

  @Test
  void pathsAreTakenFromTheFilesFolder(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("a.yaml"), "file: b.csv\n");
    assertThat(SettingsReader.read(file, Outer.class).file()).isEqualTo(folder.resolve("b.csv"));
  }

  private record Safe(@Nullable @Secret String key) {}

  @Test
  void aSecretMayStandInAFileOfItsOwn(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("key.txt"), "p4ss w0rd\r\n");
    assertThat(SettingsReader.read("s.yaml", "key: file:key.txt", folder, Safe.class).key())
        .isEqualTo("p4ss w0rd");
    assertThat(SettingsReader.read("s.yaml", "key: 'as written '", folder, Safe.class).key())
        .isEqualTo("as written ");
    assertThat(SettingsReader.read("s.yaml", "", folder, Safe.class).key()).isNull();
  }

  @Test
  void aSecretThatCannotBeReadIsSaidWithoutIt(@TempDir Path folder) throws Exception {
    Files.write(folder.resolve("key.bin"), new byte[] {(byte) 0xff, (byte) 0xfe, 0x41});
    assertThatThrownBy(
            () -> SettingsReader.read("s.yaml", "key: file:none.txt", folder, Safe.class))
        .hasMessageContaining("key: (secret): it cannot be read: there is no file ");
    assertThatThrownBy(() -> SettingsReader.read("s.yaml", "key: file:key.bin", folder, Safe.class))
        .hasMessageContaining("check its permissions and that it is UTF-8");
    assertThatThrownBy(() -> SettingsReader.read("s.yaml", "key: [s3cret]", folder, Safe.class))
        .hasMessageContaining("key: (secret): it must be one value")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void sizesArePrintedAsTheyAreWritten() {
    assertThat(DataSize.parse("64MiB")).hasToString("64MiB");
    assertThat(DataSize.parse("1023B")).hasToString("1023B");
    assertThat(DataSize.parse("1024KiB")).hasToString("1MiB");
  }
}
