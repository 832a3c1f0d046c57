package org.rollcall.agent.reach.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.rollcall.agent.reach.Looks.assertDown;
import static org.rollcall.agent.reach.Looks.assertUnknown;
import static org.rollcall.agent.reach.Looks.assertUp;
import static org.rollcall.agent.reach.Looks.entry;
import static org.rollcall.agent.reach.Looks.look;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.agent.probe.Probe;
import org.rollcall.agent.reach.ping.PingProgram.Printed;
import org.rollcall.protocol.v1.Observation;

/** The program is a script that says what each test wants. */
class PingProbeTest {
  private static final Clock CLOCK = Clock.systemUTC();

  @TempDir private Path folder;
  private final NameLookup names = new NameLookup(CLOCK);
  private final List<PingProgram> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(PingProgram::close);
    names.close();
  }

  private PingProgram program(String script) throws IOException {
    Path file = folder.resolve("ping.sh");
    Files.writeString(file, script);
    return program(List.of("/bin/sh", file.toString()));
  }

  private PingProgram program(List<String> command) {
    PingProgram program = new PingProgram(command, CLOCK);
    opened.add(program);
    return program;
  }

  private Probe probe(PingProgram program, String address) {
    return new PingProbes(program, names, CLOCK).probe(entry("icmp", "reach:edu", address));
  }

  @Test
  void withoutAProgramNothingIsLearnt() {
    PingProgram none = program(List.of(folder.resolve("no-such-program").toString()));
    for (int look = 1; look <= 3; look++) {
      assertUnknown(look(probe(none, "127.0.0.1")), "no-ping-program");
    }
  }

  @Test
  void theProgramMayComeLater() throws IOException {
    Path file = folder.resolve("late");
    PingProgram late = program(List.of(file.toString()));
    assertUnknown(look(probe(late, "127.0.0.1")), "no-ping-program");
    Files.createSymbolicLink(file, Path.of("/bin/echo"));
    assertUnknown(look(probe(late, "127.0.0.1")), "ping-failed");
  }

  @Test
  void theAddressIsAnArgumentAndTheLanguageIsC() throws IOException {
    PingProgram program =
        program(
            """
            echo "$LANG $LC_ALL $#: $@" >> %s
            echo '3 packets transmitted, 3 received'
            """
                .formatted(folder.resolve("said")));
    assertUp(look(probe(program, "[::1]")));
    assertThat(folder.resolve("said"))
        .hasContent("C C 1: -V\nC C 7: -n -q -c 3 -W 2 0:0:0:0:0:0:0:1");
  }

  @Test
  void iputilsMaySendFasterThanOnceASecond() throws IOException {
    PingProgram program =
        program(
            """
            printf '%%s\\n' "$*" >> %s
            echo 'ping from iputils 20221126'
            echo '3 packets transmitted, 3 received'
            """
                .formatted(folder.resolve("said")));
    assertUp(look(probe(program, "127.0.0.1")));
    assertThat(folder.resolve("said")).hasContent("-V\n-n -i 0.2 -q -c 3 -W 2 127.0.0.1");
  }

  @Test
  void silenceIsATimeoutAndAnErrorIsUnreachable() throws IOException {
    Observation silent =
        look(probe(program("echo '3 packets transmitted, 0 received, 100%'; exit 1"), "127.0.0.1"));
    assertDown(silent, "timeout");
    assertThat(silent.getMeasuresMap()).containsEntry("lossShare", 1.0).hasSize(2);
    assertDown(
        look(
            probe(
                program("echo '3 packets transmitted, 0 received, +3 errors, 100%'; exit 1"),
                "127.0.0.1")),
        "unreachable");
    assertDown(
        look(
            probe(program("echo 'ping: sendto: Network is unreachable' >&2; exit 2"), "127.0.0.1")),
        "unreachable");
  }

  @Test
  void aPingThatMayNotSendTeachesNothing() throws IOException {
    assertUnknown(
        look(probe(program("echo 'ping: permission denied' >&2; exit 1"), "127.0.0.1")),
        "ping-failed");
  }

  @Test
  void aNameNobodyKnowsIsAnUnknownHost() throws IOException {
    assertDown(look(probe(program("exit 1"), "no-such-host.invalid")), "unknown-host");
  }

  @Test
  void aProgramThatNeverEndsIsKilledWithItsChildren() throws Exception {
    PingProgram program =
        program(
            """
            echo begun
            /bin/sleep 3600 &
            echo $! > %s
            wait
            """
                .formatted(folder.resolve("child")));
    Printed printed = program.run(List.of(), Duration.ofSeconds(2));
    assertThat(printed).isEqualTo(new Printed(-1, "begun\n"));
    long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
    await().until(() -> ProcessHandle.of(child).map(p -> !p.isAlive()).orElse(true));
  }

  @Test
  void aProgramThatNeverStopsTalkingIsCutOff() throws Exception {
    PingProgram program = program("while :; do echo more and more; done");
    Printed printed = program.run(List.of(), Duration.ofSeconds(60));
    assertThat(printed.exit()).isEqualTo(-1);
    assertThat(printed.text()).hasSize(PingProgram.MOST_BYTES);
  }

  @Test
  void noMoreProcessesThanAllowedRunAtOnce() throws IOException {
    PingProgram program =
        program(
            """
            [ "$1" = -V ] && exit 0
            touch %1$s/run-$$
            while [ ! -e %1$s/go ]; do sleep 0.05; done
            echo '3 packets transmitted, 3 received'
            """
                .formatted(folder));
    Probe probe = probe(program, "127.0.0.1");
    List<CompletableFuture<List<Observation>>> looks = new ArrayList<>();
    for (int i = 0; i < PingProgram.PROCESSES + 3; i++) {
      looks.add(probe.run(Instant.now()).toCompletableFuture());
    }
    await().until(() -> runs() == PingProgram.PROCESSES);
    assertThat(looks).noneMatch(CompletableFuture::isDone);
    Files.createFile(folder.resolve("go"));
    looks.forEach(look -> assertUp(look.join().get(0)));
    assertThat(runs()).isEqualTo(PingProgram.PROCESSES + 3);
  }

  private long runs() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith("run-")).count();
    }
  }

  @Test
  void whoeverComesWhenTooManyWaitIsToldSo() throws IOException {
    PingProgram program = program("/bin/sleep 3600");
    Probe probe = probe(program, "127.0.0.1");
    List<CompletableFuture<List<Observation>>> looks = new ArrayList<>();
    for (int i = 0; i < PingProgram.PROCESSES + PingProgram.QUEUE; i++) {
      looks.add(probe.run(Instant.now()).toCompletableFuture());
    }
    assertUnknown(look(probe), "ping-busy");
    assertThat(looks).noneMatch(CompletableFuture::isDone);
  }

  @Test
  void closingEndsWhatIsRunning() throws IOException {
    PingProgram program =
        program("echo $$ > %1$s/me.new; mv %1$s/me.new %1$s/me; exec sleep 3600".formatted(folder));
    var unused = probe(program, "127.0.0.1").run(Instant.now());
    await().until(() -> Files.exists(folder.resolve("me")));
    long pid = Long.parseLong(Files.readString(folder.resolve("me")).strip());
    program.close();
    await().until(() -> ProcessHandle.of(pid).map(p -> !p.isAlive()).orElse(true));
    assertUnknown(look(probe(program, "127.0.0.1")), "ping-busy");
  }

  @Test
  void whatAnEchoCannotSeeIsRefused() {
    PingProbes probes = new PingProbes(program(List.of("ping")), names, CLOCK);
    assertThatThrownBy(() -> probes.probe(entry("icmp", "link:wan", "10.0.0.1")))
        .hasMessage("link:wan cannot be seen by icmp: name a reach, terminal, pc or switch");
    assertThatThrownBy(() -> probes.probe(entry("icmp", "reach:edu", "10.0.0.1:443")))
        .hasMessage("reach:edu names a port, which icmp has none of: write the address alone");
    assertThatThrownBy(() -> probes.probe(entry("icmp", "reach:edu", "10.0.0.1", "count", "5")))
        .hasMessageStartingWith("reach:edu has the unknown setting");
  }
}
