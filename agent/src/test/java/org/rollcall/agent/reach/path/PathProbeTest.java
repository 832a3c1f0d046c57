package org.rollcall.agent.reach.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rollcall.agent.reach.Looks.assertUnknown;
import static org.rollcall.agent.reach.Looks.entry;
import static org.rollcall.agent.reach.Looks.look;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.agent.reach.ping.PingProgram;
import org.rollcall.protocol.v1.Observation;

/** The program is a script that says which hop answers. */
class PathProbeTest {
  private static final Clock CLOCK = Clock.systemUTC();

  @TempDir private Path folder;
  private final NameLookup names = new NameLookup(CLOCK);

  @AfterEach
  void close() {
    names.close();
  }

  /** A route whose hops the lines of a case name: {@code 1) echo ...;;}. */
  private Observation check(String cases, String... options) throws IOException {
    Path file = folder.resolve("ping.sh");
    Files.writeString(
        file,
        """
        while [ "$1" != -t ] && [ $# -gt 0 ]; do shift; done
        echo "$2" >> %s
        from() { echo "From $1 icmp_seq=1 Time to live exceeded"; }
        case "$2" in
        %s
        esac
        """
            .formatted(folder.resolve("asked"), cases));
    try (PingProgram ping = new PingProgram(List.of("/bin/sh", file.toString()), CLOCK)) {
      return look(
          new PathProbes(ping, names, CLOCK)
              .probe(entry("path", "path:edu", "198.51.100.1", options)));
    }
  }

  private List<String> asked() throws IOException {
    return Files.readAllLines(folder.resolve("asked")).stream().filter(l -> !l.isEmpty()).toList();
  }

  @Test
  void aSilentHopProvesNeitherNetworkAbsent() throws IOException {
    Observation seen =
        check(
            "1) from 192.168.0.1;; 3) from 203.0.113.1;; 4) echo '64 bytes from 198.51.100.1: icmp_seq=1';;",
            "districtNetworks",
            "10.0.0.0/8",
            "vpnNetworks",
            "172.16.0.0/12");
    assertThat(seen.getReason()).isEqualTo("hops-silent");
    assertThat(seen.getMeasuresMap()).isEqualTo(Map.of("hops", 3.0));
    assertThat(asked())
        .as("a silent hop is asked for twice")
        .containsExactly("1", "2", "2", "3", "4");
  }

  @Test
  void whatWasSeenIsSeenWhateverIsSilent() throws IOException {
    Observation seen =
        check(
            "2) from 10.5.0.1;;", "districtNetworks", "10.0.0.0/8", "vpnNetworks", "172.16.0.0/12");
    assertThat(seen.getReason()).isEqualTo("hops-silent");
    assertThat(seen.getMeasuresMap()).isEqualTo(Map.of("hops", 1.0, "viaDistrict", 1.0));
    assertThat(asked()).hasSize(11);
  }

  @Test
  void whereNoHopAnswersNothingIsKnown() throws IOException {
    Observation seen = check("0) ;;", "districtNetworks", "10.0.0.0/8", "hops", "3");
    assertThat(seen.getReason()).isEqualTo("no-hop-answered");
    assertThat(seen.getMeasuresMap()).isEqualTo(Map.of("hops", 0.0));
  }

  @Test
  void aNetworkThatIsNotNamedHasNoMeasure() throws IOException {
    Observation seen =
        check(
            "1) from 10.5.0.1;; 2) echo '64 bytes from 198.51.100.1: icmp_seq=1';;",
            "vpnNetworks",
            "10.8.0.0/16");
    assertThat(seen.getReason()).isEmpty();
    assertThat(seen.getMeasuresMap()).isEqualTo(Map.of("hops", 2.0, "vpn", 0.0));
  }

  @Test
  void withoutAProgramOrANameNothingIsLearnt() {
    try (PingProgram none =
        new PingProgram(List.of(folder.resolve("no-such-program").toString()), CLOCK)) {
      PathProbes probes = new PathProbes(none, names, CLOCK);
      assertUnknown(
          look(probes.probe(entry("path", "path:edu", "10.0.0.1", "vpnNetworks", "10.8.0.0/16"))),
          "no-ping-program");
      assertUnknown(
          look(
              probes.probe(
                  entry("path", "path:edu", "no-such.invalid", "vpnNetworks", "10.8.0.0/16"))),
          "unknown-host");
    }
  }

  @Test
  void entriesThatCannotBeAreRefused() {
    try (PingProgram ping = new PingProgram(CLOCK)) {
      PathProbes probes = new PathProbes(ping, names, CLOCK);
      assertThatThrownBy(() -> probes.probe(entry("path", "reach:edu", "10.0.0.1")))
          .hasMessage("reach:edu is no path: name it path:edu or like it");
      assertThatThrownBy(() -> probes.probe(entry("path", "path:edu", "10.0.0.1")))
          .hasMessageStartingWith("path:edu needs districtNetworks or vpnNetworks");
      assertThatThrownBy(
              () ->
                  probes.probe(
                      entry("path", "path:edu", "10.0.0.1", "districtNetworks", "10.0.0.0/40")))
          .hasMessageStartingWith("districtNetworks of path:edu: '10.0.0.0/40' is no network");
      assertThatThrownBy(
              () ->
                  probes.probe(
                      entry(
                          "path", "path:edu", "10.0.0.1", "vpnNetworks", "10.0.0.1", "hops", "31")))
          .hasMessage("hops of path:edu must be between 1 and 30");
      assertThatThrownBy(
              () ->
                  probes.probe(
                      entry("path", "path:edu", "10.0.0.1:443", "vpnNetworks", "10.0.0.1")))
          .hasMessageStartingWith("path:edu names a port");
    }
  }
}
