package org.rollcall.simulator.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./rollcall package} makes, unpacked and run as a school would. */
class PackagesIT {
  private static final Path ROOT =
      Path.of(Objects.requireNonNull(System.getProperty("rollcall.root")));
  private static final Map<String, String> MADE_AT =
      Map.of("ROLLCALL_BUILT", "yes", "SOURCE_DATE_EPOCH", "1790000000");

  @TempDir private static Path folder;

  @BeforeAll
  static void makeThem() throws Exception {
    make("once");
  }

  private static void make(String out) throws Exception {
    run(
        MADE_AT,
        ROOT.resolve("rollcall").toString(),
        "package",
        "--out",
        folder.resolve(out).toString());
  }

  @Test
  void theArchiveRunsWhereThereIsNoJava() throws Exception {
    Path home = unpacked("linux-x64.tar.gz", "tar", "-xzf");
    // A PATH that holds only the shell's and coreutils' programs, no java.
    Path path = Files.createDirectory(folder.resolve("path"));
    for (String program : List.of("sh", "dirname", "readlink", "id", "mv", "rm", "env")) {
      Files.createSymbolicLink(path.resolve(program), Path.of("/bin", program));
    }
    Map<String, String> noJava = Map.of("PATH", path.toString(), "JAVA_HOME", "");
    String command = home.resolve("bin/rollcall-agent").toString();

    assertThat(run(noJava, command, "--version")).contains("Rollcall agent ");
    assertThat(run(noJava, command, "--check")).contains("etc/agent.yaml: good");
    assertThat(home.resolve("lib/agent.jsa")).exists();
    assertThat(run(noJava, home.resolve("lib/runtime/bin/java").toString(), "--list-modules"))
        .contains("jdk.crypto.ec")
        .doesNotContain("java.desktop", "jdk.compiler");
  }

  @Test
  void theDebianPackageHoldsWhatItShould() throws Exception {
    String deb = made("once", "_amd64.deb").toString();
    Path root = folder.resolve("root");
    run(Map.of(), "dpkg-deb", "-x", deb, root.toString());
    Path settings = root.resolve("etc/rollcall-agent/agent.yaml");

    assertThat(run(Map.of(), "dpkg-deb", "-f", deb, "Package", "Architecture"))
        .contains("Package: rollcall-agent", "Architecture: amd64");
    assertThat(run(Map.of(), "dpkg-deb", "-I", deb, "conffiles").strip())
        .isEqualTo("/etc/rollcall-agent/agent.yaml");
    assertThat(root.resolve("usr/bin/rollcall-agent")).isSymbolicLink();
    assertThat(settings).content().contains("\ndata: /var/lib/rollcall-agent\n");
    assertThat(Files.readAllLines(root.resolve("lib/systemd/system/rollcall-agent.service")))
        .contains(
            "User=rollcall-agent",
            "NoNewPrivileges=yes",
            "CapabilityBoundingSet=",
            "ProtectSystem=strict",
            "ProtectHome=yes",
            "PrivateDevices=yes",
            "MemoryMax=128M",
            "StateDirectory=rollcall-agent",
            "SystemCallFilter=@system-service");
  }

  /** By systemd's own tools, which need no running systemd: on the files of the package alone. */
  @Test
  void systemdFindsNoFaultInTheUnitAndLittleThatItLeavesOpen() throws Exception {
    Path root = folder.resolve("systemd");
    run(Map.of(), "dpkg-deb", "-x", made("once", "_amd64.deb").toString(), root.toString());
    String analyze = "systemd-analyze";
    String unit = "rollcall-agent.service";

    // Units of the system itself are not in the package: only ours are looked at.
    assertThat(
            run(
                Map.of(),
                analyze,
                "verify",
                "--man=no",
                "--recursive-errors=no",
                "--root=" + root,
                unit))
        .as("not even a warning")
        .isEmpty();
    // Exposure 0 (nothing open) to 10. The threshold is in tenths; systemd calls up to 2.0 OK.
    assertThat(
            run(
                Map.of(),
                analyze,
                "security",
                "--offline=true",
                "--threshold=20",
                "--no-pager",
                "--root=" + root,
                unit))
        .contains("Overall exposure level for rollcall-agent.service: ");
  }

  @Test
  void theZipForWindowsBringsItsServiceAndNoJava() throws Exception {
    Path zip = made("once", "windows.zip");
    Path here = Files.createDirectory(folder.resolve("zip"));
    run(Map.of(), "sh", "-c", "cd '" + here + "' && jar xf '" + zip + "'");
    Path home = only(here);

    assertThat(home.resolve("rollcall-agent.cmd")).content().contains("agent.flags", "AgentMain");
    assertThat(home.resolve("install-service.ps1")).content().contains("Untested on Windows");
    assertThat(home.resolve("rollcall-agent-service.xml")).exists();
    assertThat(home.resolve("lib/runtime")).doesNotExist();
  }

  @Test
  void theSameSourcesGiveTheSameBytes() throws Exception {
    make("twice");
    for (String ending : List.of("linux-x64.tar.gz", "_amd64.deb", "windows.zip")) {
      assertThat(made("twice", ending)).hasSameBinaryContentAs(made("once", ending));
    }
  }

  private static Path unpacked(String ending, String... command) throws Exception {
    Path here = Files.createDirectory(folder.resolve("unpacked"));
    run(Map.of(), command[0], command[1], made("once", ending).toString(), "-C", here.toString());
    return only(here);
  }

  private static Path made(String out, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(out))) {
      return files.filter(file -> file.toString().endsWith(ending)).findFirst().orElseThrow();
    }
  }

  private static Path only(Path parent) throws IOException {
    try (Stream<Path> files = Files.list(parent)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }

  /** Standard output and error of a command that must succeed. */
  private static String run(Map<String, String> environment, String... command) throws Exception {
    Path said = Files.createTempFile(folder, "said", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean ended = process.waitFor(10, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    assertThat(ended && process.exitValue() == 0)
        .describedAs("%s: %s", String.join(" ", command), Files.readString(said))
        .isTrue();
    return Files.readString(said);
  }
}
