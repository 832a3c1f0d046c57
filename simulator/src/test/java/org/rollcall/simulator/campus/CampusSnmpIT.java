package org.rollcall.simulator.campus;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.simulator.district.District;
import org.rollcall.simulator.district.Line;
import org.rollcall.simulator.district.RegisteredDevice;
import org.rollcall.simulator.district.Scenario;
import org.rollcall.simulator.district.SchoolPlan;
import org.rollcall.simulator.district.Term;

/** Asks the simulated devices with net-snmp's own tools. */
class CampusSnmpIT {
  private static final LocalDate FRIDAY = LocalDate.of(2026, 3, 6);
  private static final Instant LESSON = FRIDAY.atTime(9, 0).atZone(Term.ZONE).toInstant();
  private static final Term TERM = Term.allYear();

  private final District district = District.of(5, 60);
  private final Campus campus = new Campus(district, TERM, Clock.fixed(LESSON, Term.ZONE));

  @BeforeEach
  void start() {
    campus.start();
  }

  @AfterEach
  void close() {
    campus.close();
  }

  @Test
  void snmpgetReadsTheCounterThatTheTrafficModelSays() throws Exception {
    SchoolPlan school = district.schools().get(0);
    long boot = Line.midnight(LESSON.minus(java.time.Duration.ofDays(45)));
    long octets = new Line(school, TERM).octets(boot, LESSON.toEpochMilli())[0];
    assertThat(run("snmpget", "-Oqv", address(school, "link", "wan"), "1.3.6.1.2.1.31.1.1.1.6.7"))
        .containsExactly(String.valueOf(octets));
    assertThat(run("snmpget", "-Oqv", address(school, "link", "wan"), "1.3.6.1.2.1.2.2.1.10.7"))
        .containsExactly(String.valueOf(octets % (1L << 32)));
    assertThat(run("snmpget", "-Oqv", address(school, "link", "wan"), "1.3.6.1.2.1.31.1.1.1.15.7"))
        .containsExactly("1000");
  }

  @Test
  void snmpbulkwalkAndSnmpwalkSeeTheSameWholeTree() throws Exception {
    String router = address(district.schools().get(0), "link", "wan");
    List<String> bulk = run("snmpbulkwalk", "-Cr50", "-On", router, "1.3.6.1");
    assertThat(bulk).isEqualTo(run("snmpwalk", "-On", router, "1.3.6.1"));
    assertThat(bulk).hasSizeGreaterThan(90);
    assertThat(run("snmpbulkwalk", "-Oqv", router, "1.3.6.1.2.1.31.1.1.1.1"))
        .containsExactly("\"NULL0\"", "\"GE0/0/1\"", "\"GE0/0/2\"", "\"GE0/0/10\"", "\"GE0/0/11\"");
  }

  @Test
  void aMissingInstanceAndAMissingObjectAreToldApart() throws Exception {
    String router = address(district.schools().get(0), "link", "wan");
    assertThat(run("snmpget", router, "1.3.6.1.2.1.2.2.1.10.99"))
        .first()
        .asString()
        .contains("No Such Instance");
    assertThat(run("snmpget", router, "1.3.6.1.2.1.99.1.0"))
        .first()
        .asString()
        .contains("No Such Object");
  }

  @Test
  void aTerminalCountsItsUptimeAndOneThatWasNeverSeenIsSilent() throws Exception {
    SchoolPlan well = district.schools().get(0);
    List<String> uptime =
        run("snmpget", "-Oqvt", address(well, "terminal", "c0101"), "1.3.6.1.2.1.25.1.1.0");
    assertThat(Long.parseLong(uptime.get(0))).isBetween(60 * 60 * 100L, 100 * 60 * 100L);
    SchoolPlan broken = told(Scenario.TERMINALS_NEVER_ALIVE);
    String silent = address(broken, "terminal", broken.classes().get(3).terminal());
    assertThat(run("snmpget", "-r0", "-t0.3", silent, "1.3.6.1.2.1.1.3.0")).isEmpty();
  }

  @Test
  void anotherCommunityIsMetWithSilence() throws Exception {
    String router = address(district.schools().get(0), "link", "wan");
    Process process =
        new ProcessBuilder(
                "snmpget", "-v2c", "-c", "private", "-r0", "-t0.3", router, "1.3.6.1.2.1.1.3.0")
            .redirectErrorStream(true)
            .start();
    assertThat(process.waitFor()).isEqualTo(1);
  }

  @Test
  void anchorsAcceptExceptForSchoolsThatDoNotGetThrough() throws Exception {
    InetSocketAddress edu = campus.eduAnchor(district.schools().get(0));
    assertThat(edu).isNotNull();
    try (Socket socket = new Socket()) {
      socket.connect(edu, 30_000);
      assertThat(socket.isConnected()).isTrue();
    }
    InetSocketAddress closed = campus.eduAnchor(told(Scenario.EDU_UNREACHABLE));
    assertThat(closed).isNotNull();
    try (Socket socket = new Socket()) {
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> socket.connect(closed, 30_000))
          .isInstanceOf(java.net.ConnectException.class);
    }
    assertThat(campus.eduAnchor(told(Scenario.NO_ANCHOR))).isNull();
  }

  private SchoolPlan told(Scenario scenario) {
    return district.schools().stream()
        .filter(school -> school.scenario() == scenario)
        .findFirst()
        .orElseThrow();
  }

  private String address(SchoolPlan school, String kind, String name) {
    return campus.devices().stream()
        .filter(
            d -> d.school().equals(school.code()) && d.kind().equals(kind) && d.name().equals(name))
        .map(RegisteredDevice::address)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> run(String tool, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(tool, "-v2c", "-c", "public", "-t10", "-r2"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return lines;
  }
}
