package org.rollcall.simulator.projector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A controller that others wrote: the package pjlink of npm, class 1 with MD5. It is put into the
 * build folder by npm, once.
 */
final class PeerClient {
  private static final String PACKAGE = "pjlink@0.2.8";
  private static final long MINUTES = 5;

  private final Path folder;

  private PeerClient(Path folder) {
    this.folder = folder;
  }

  static PeerClient installed() throws IOException, InterruptedException {
    Path folder =
        Path.of(System.getProperty("rollcall.root"), "simulator", "target", "pjlink-peer");
    Files.createDirectories(folder);
    try (InputStream script = PeerClient.class.getResourceAsStream("ask.js")) {
      assertThat(script).isNotNull();
      Files.copy(script, folder.resolve("ask.js"), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(folder.resolve("node_modules/pjlink/package.json"))) {
      run(
          folder,
          List.of(
              "npm", "install", "--prefix", ".", "--no-save", "--no-audit", "--no-fund", PACKAGE));
    }
    return new PeerClient(folder);
  }

  /** What the client makes of the answers, by the name of its call. */
  JsonNode ask(String address, @Nullable String password, String... questions)
      throws IOException, InterruptedException {
    int colon = address.lastIndexOf(':');
    List<String> command = new ArrayList<>(List.of("node", "ask.js"));
    command.add(address.substring(0, colon));
    command.add(address.substring(colon + 1));
    command.add(password == null ? "-" : password);
    command.addAll(Arrays.asList(questions));
    List<String> said = run(folder, command).lines().toList();
    return new ObjectMapper().readTree(said.get(said.size() - 1));
  }

  private static String run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "said", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as("%s ended", command).isTrue();
      String said = Files.readString(log, StandardCharsets.UTF_8);
      assertThat(process.exitValue()).as("%s: %s", command, said).isZero();
      return said;
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(log);
    }
  }
}
