package org.rollcall.web.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTargetsCommandTest {
  private static final Path SHIPPED =
      Path.of(System.getProperty("rollcall.root"), "config", "targets");

  @TempDir Path folder;

  @BeforeEach
  void copy() throws IOException {
    try (Stream<Path> files = Files.list(SHIPPED)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(String.valueOf(file.getFileName())));
      }
    }
  }

  private int check() {
    return Commands.run("check-targets", "--lang", "en", folder.toString());
  }

  private void replace(String file, String from, String to) throws IOException {
    String text = Files.readString(folder.resolve(file));
    assertThat(text).contains(from);
    Files.writeString(folder.resolve(file), text.replace(from, to));
  }

  @Test
  void theShippedTargetsAreGood() {
    assertThat(check()).isZero();
  }

  @Test
  void aCaseThatComesOutOtherwiseFails() throws IOException {
    replace("MOE-2019-CONNECT.examples.yaml", "mbps: 89.99", "mbps: 90");
    assertThat(check()).isEqualTo(1);
  }

  @Test
  void aBadProfileOrCaseFileFails() throws IOException {
    replace("MOE-2019-CONNECT.examples.yaml", "mbps: 89.99", "kbps: 90");
    assertThat(check()).isEqualTo(1);
    replace("MOE-2019-CONNECT.examples.yaml", "kbps: 90", "mbps: 89.99");
    replace("MOE-2019-CONNECT.yaml", "mbps: 100", "mbps: -1");
    assertThat(check()).isEqualTo(1);
  }

  @Test
  void aProfileWithoutCasesIsNoFault() throws IOException {
    Files.delete(folder.resolve("MOE-2019-CONNECT.examples.yaml"));
    assertThat(check()).isZero();
  }
}
