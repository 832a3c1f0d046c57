package org.rollcall.collector.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.discovery.Discovered.State;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.SetClock;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.protocol.v1.Report;
import org.rollcall.protocol.v1.Sighting;

@OnBothDatabases
class DiscoveryQueueTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  private static final String SCHOOL = "2144990001";
  private static final Actor WHO = new Actor("li", "192.0.2.1");
  private static final String MAC = "00:1b:21:0a:0b:0c";

  @TempDir Path folder;
  private final SetClock clock = new SetClock(LocalDate.of(2026, 3, 16), LocalTime.NOON);
  private Database database;
  private Registry registry;
  private AuditLog audit;
  private DiscoveryQueue queue;

  @BeforeEach
  void open() {
    database = home.open(folder);
    registry = new Registry(database, clock);
    audit = new AuditLog(database.jdbi(), clock);
    queue = new DiscoveryQueue(database, registry, audit, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Sighting.Builder seen(String mac, String address) {
    return Sighting.newBuilder()
        .setTimeMillis(1_773_000_000_000L)
        .setMac(mac)
        .setAddress(address)
        .addFoundBy("arp");
  }

  private List<Discovered> fresh() {
    return queue.list(SCHOOL, State.NEW);
  }

  @Test
  void aDeviceSeenTwiceIsOneAndRemembersWhatItSaidOfItself() {
    Sighting first = seen(MAC, "10.1.3.20").setDescription("EPSON projector").build();
    Sighting later = seen(MAC, "10.1.3.99").setTimeMillis(1_773_000_900_000L).build();
    assertThat(queue.note(SCHOOL, List.of(first))).isOne();
    assertThat(queue.note(SCHOOL, List.of(later))).isZero();
    assertThat(fresh())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.address()).isEqualTo("10.1.3.99");
              assertThat(found.description()).isEqualTo("EPSON projector");
              assertThat(found.suggestedKind()).isEqualTo("projector");
              assertThat(found.firstSeen().toEpochMilli()).isEqualTo(1_773_000_000_000L);
              assertThat(found.lastSeen().toEpochMilli()).isEqualTo(1_773_000_900_000L);
            });
  }

  @Test
  void anAddressThatGetsAHardwareAddressStaysTheSameDevice() {
    queue.note(SCHOOL, List.of(seen("", "10.1.3.20").build()));
    long id = fresh().get(0).id();
    queue.note(SCHOOL, List.of(seen(MAC, "10.1.3.20").build()));
    assertThat(fresh())
        .singleElement()
        .extracting(Discovered::id, Discovered::mac)
        .containsExactly(id, MAC);
  }

  @Test
  void whatIsRegisteredIsNotOffered() {
    Device known = new Device(SCHOOL, "c0301", "terminal", "c0301", "10.1.3.20:161", "snmp");
    registry.change(change -> change.putDevices(List.of(known)));
    queue.note(SCHOOL, List.of(seen(MAC, "10.1.3.20").build()));
    assertThat(fresh()).isEmpty();
  }

  @Test
  void telephonesWithMadeUpAddressesAreLeftAlone() {
    queue.note(SCHOOL, List.of(seen("da:a1:19:00:00:01", "10.1.3.21").build()));
    assertThat(fresh()).isEmpty();
  }

  @Test
  void anApprovedDeviceIsInTheRegisterAndNoLongerInTheQueue() {
    queue.note(SCHOOL, List.of(seen(MAC, "10.1.3.20").build()));
    long id = fresh().get(0).id();
    Device device = new Device(SCHOOL, "c0301", "terminal", "c0301", "10.1.3.20", "snmp");
    Approval as = new Approval("terminal", "c0301", "c0301", "snmp");
    assertThat(queue.approve(WHO, id, as)).isNull();
    assertThat(registry.inventory(SCHOOL).devices()).containsExactly(device);
    assertThat(fresh()).isEmpty();
    assertThat(queue.approve(WHO, id, as)).isEqualTo(ApprovalFault.NOT_WAITING);
    assertThat(audit.list(new AuditLog.Filter("li", "discovered."), 0, 10).entries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.action()).isEqualTo("discovered.approve");
              assertThat(entry.subject()).isEqualTo(SCHOOL + " terminal:c0301");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "router, core, '', BAD_KIND",
    "switch, 'a b', '', BAD_NAME",
    "switch, core, '', NAME_TAKEN",
    "pc, r1-01, '', NO_SPACE"
  })
  void whatCannotBeRegisteredIsRefusedAndStaysInTheQueue(
      String kind, String name, String space, ApprovalFault fault) {
    Device core = new Device(SCHOOL, "", "switch", "core", "10.1.3.1", "snmp");
    registry.change(change -> change.putDevices(List.of(core)));
    queue.note(SCHOOL, List.of(seen(MAC, "10.1.3.20").build()));
    long id = fresh().get(0).id();
    assertThat(queue.approve(WHO, id, new Approval(kind, name, space, "snmp"))).isEqualTo(fault);
    assertThat(fresh()).hasSize(1);
    assertThat(registry.inventory(SCHOOL).devices()).containsExactly(core);
    assertThat(fault.text(Locale.CHINA)).isNotEqualTo(fault.text(Locale.ENGLISH));
  }

  @Test
  void aDeviceWithoutAnAddressWaitsForTheNextSweep() {
    queue.note(SCHOOL, List.of(seen(MAC, "").build()));
    long id = fresh().get(0).id();
    assertThat(queue.approve(WHO, id, new Approval("switch", "core", "", "snmp")))
        .isEqualTo(ApprovalFault.NO_ADDRESS);
  }

  @Test
  void anIgnoredDeviceStaysIgnoredHoweverOftenItIsSeen() {
    queue.note(SCHOOL, List.of(seen(MAC, "10.1.3.20").build()));
    assertThat(queue.ignore(WHO, fresh().get(0).id())).isTrue();
    queue.note(SCHOOL, List.of(seen(MAC, "10.1.3.20").build()));
    assertThat(fresh()).isEmpty();
    assertThat(queue.list(null, State.IGNORED)).hasSize(1);
    assertThat(queue.ignore(WHO, 4711)).isFalse();
  }

  @Test
  void oneSchoolCannotFillTheQueue() {
    List<Sighting> crowd = new ArrayList<>();
    for (int i = 0; i < DiscoveryQueue.MAX_PER_SCHOOL + 10; i++) {
      crowd.add(seen("", "10.2." + i / 250 + "." + i % 250).build());
    }
    assertThat(queue.note(SCHOOL, crowd)).isEqualTo(DiscoveryQueue.MAX_PER_SCHOOL);
    assertThat(fresh()).hasSize(DiscoveryQueue.MAX_PER_SCHOOL);
    assertThat(queue.note("2144990002", List.of(seen("", "10.3.0.1").build()))).isOne();
  }

  @Test
  void sightingsOfAStoredReportReachTheQueue() {
    try (Sightings sightings = new Sightings(queue, new Placements(database))) {
      sightings.start();
      Report report = Report.newBuilder().addSightings(seen(MAC, "10.1.3.20")).build();
      sightings.stored(List.of(new SchoolReport(SCHOOL, report)));
      await().until(() -> !fresh().isEmpty());
      assertThat(sightings.dropped()).isZero();
    }
  }

  @Test
  void whereConfiguredDevicesStandIsKeptAndTheyAreNotFound() {
    Placements placements = new Placements(database);
    Sighting.Builder terminal = seen(MAC, "10.1.3.20").setConfigured(true);
    placements.note(
        SCHOOL, List.of(terminal.setSeenAt("core GE1").build(), seen("", "10.1.3.9").build()));
    placements.note(SCHOOL, List.of(terminal.setSeenAt("floor GE7").setTimeMillis(2).build()));
    assertThat(placements.of(List.of(SCHOOL, "2144990002")))
        .containsExactly(Map.entry(SCHOOL, Map.of("10.1.3.20", "floor GE7")));
    assertThat(queue.note(SCHOOL, List.of(terminal.build()))).isZero();
    assertThat(fresh()).isEmpty();
  }
}
