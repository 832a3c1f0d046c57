package org.rollcall.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.protocol.v1.Configuration;

class PushedFileTest {
  private static final Configuration PUSHED =
      Configuration.newBuilder()
          .setRevision(12)
          .setYaml("devices:\n  - {subject: \"terminal:一(1)\", probe: tcp, address: \"h:1\"}\n")
          .build();

  @TempDir private Path folder;

  @Test
  void whatWasKeptIsReadAgain() throws IOException {
    PushedFile file = new PushedFile(folder);
    assertThat(file.read()).isNull();
    file.keep(PUSHED);
    assertThat(new PushedFile(folder).read()).isEqualTo(PUSHED);
    Configuration none = Configuration.newBuilder().setRevision(13).build();
    file.keep(none);
    assertThat(file.read()).isEqualTo(none);
    assertThat(folder.toFile().list()).containsExactly("pushed.yaml");
  }

  @Test
  void aFileThatIsNotAsItWasWrittenIsSaid() throws IOException {
    PushedFile file = new PushedFile(folder);
    file.keep(PUSHED);
    String good = Files.readString(file.path());
    assertBad(file, good.replace("h:1", "h:2"));
    assertBad(file, good.substring(0, good.length() - 5));
    assertBad(file, good.replace("revision 12", "revision x"));
    assertBad(file, "");
    assertBad(file, "devices: []\n");
    assertBad(file, good + "#".repeat(70_000));
    Files.write(file.path(), new byte[] {(byte) 0xff, 0, 1});
    assertThatThrownBy(file::read).isInstanceOf(IOException.class);
  }

  private static void assertBad(PushedFile file, String text) throws IOException {
    Files.writeString(file.path(), text);
    assertThatThrownBy(file::read).isInstanceOf(IOException.class);
  }

  @Test
  void aFolderThatTakesNothingLeavesTheOldOne() throws IOException {
    PushedFile file = new PushedFile(folder);
    file.keep(PUSHED);
    Files.createDirectory(folder.resolve("pushed.yaml.part"));
    assertThatThrownBy(() -> file.keep(PUSHED.toBuilder().setRevision(13).build()))
        .isInstanceOf(IOException.class);
    assertThat(file.read()).isEqualTo(PUSHED);
  }
}
