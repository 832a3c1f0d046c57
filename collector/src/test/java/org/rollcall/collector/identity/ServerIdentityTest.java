package org.rollcall.collector.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerIdentityTest {
  @TempDir Path folder;

  private ServerIdentity open() throws IOException {
    return ServerIdentity.open(folder, List.of("localhost", "127.0.0.1"), Clock.systemUTC());
  }

  @Test
  void theKeyIsMadeOnceAndKept() throws IOException {
    ServerIdentity first = open();
    ServerIdentity second = open();

    assertThat(second.spkiSha256()).hasSize(32).isEqualTo(first.spkiSha256());
    assertThat(second.certificate()).isEqualTo(first.certificate());
    assertThat(second.privateKey()).isEqualTo(first.privateKey());
    assertThat(first.certificate().getPublicKey().getAlgorithm()).isEqualTo("EC");
  }

  @Test
  void onlyTheOwnerMayReadTheKey() throws IOException {
    open();

    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("server-key.pem"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aDamagedKeyIsNamedAndLeftAlone() throws IOException {
    open();
    Path key = folder.resolve("server-key.pem");
    Files.writeString(key, "half a k");

    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("restore it from a backup");
    assertThat(key).hasContent("half a k");
  }
}
