package org.rollcall.web.api;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.identity.AgentEntry;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Room;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.SchoolClass;
import org.rollcall.collector.usage.PartnerLine;
import org.rollcall.collector.usage.RoomNow;
import org.rollcall.protocol.Subject;
import org.rollcall.protocol.v1.Observation;

/**
 * {@code GET /api/v1/schools/{code}}: the register entry with the newest of everything, declared
 * devices that were never seen included.
 */
final class SchoolCall implements Call {
  /** An agent publishes at least its own health once a minute. Project default. */
  private static final Duration CONNECTED = Duration.ofMinutes(3);

  /** The states of a machine, number 1 first; see docs/wire-protocol.md. */
  private static final List<String> STATES =
      List.of("ON", "STANDBY", "OFF", "FAULT", "UNREACHABLE");

  private final District district;

  SchoolCall(District district) {
    this.district = district;
  }

  private record Answer(
      String code,
      String name,
      String nameEn,
      String region,
      String regionName,
      String regionNameEn,
      School.Stage stage,
      School.Tier tier,
      School.Ownership ownership,
      School.Setting setting,
      int students,
      int teachers,
      int classCount,
      @Nullable Double lon,
      @Nullable Double lat,
      School.@Nullable Medium medium,
      @Nullable String isp,
      @Nullable Double contractMbps,
      @Nullable Boolean eduNetwork,
      String state,
      @Nullable String lastSeen,
      List<Agent> agents,
      List<Map<String, @Nullable Object>> links,
      List<ClassView> classes,
      List<RoomView> rooms,
      List<Map<String, @Nullable Object>> others) {}

  private record Agent(
      String id,
      String kind,
      @Nullable String lastSeen,
      boolean connected,
      @Nullable String held) {}

  private record ClassView(
      String name,
      int grade,
      boolean platformDeclared,
      List<Map<String, @Nullable Object>> terminals) {}

  private record RoomView(
      String name,
      int registered,
      int on,
      int usable,
      int unknown,
      List<Map<String, @Nullable Object>> seats) {}

  @Override
  public Object answer(Request request) {
    View view = district.view(request);
    School school = view.school(request.path("code"));
    Region region = view.regionOf(school);
    Inventory inventory = district.inventory(school.code());
    Map<String, Observation> seen = new TreeMap<>(district.pulse().school(school.code()));
    List<ClassView> classes = classes(inventory, seen);
    List<RoomView> rooms = rooms(inventory, seen);
    List<Map<String, @Nullable Object>> links = links(inventory, seen);
    return new Answer(
        school.code(),
        school.name(),
        school.nameEn(),
        region.code(),
        region.name(),
        region.nameEn(),
        school.stage(),
        school.tier(),
        school.ownership(),
        school.setting(),
        school.students(),
        school.teachers(),
        school.classes(),
        school.lon(),
        school.lat(),
        school.medium(),
        school.isp(),
        school.contractMbps(),
        school.eduNetwork(),
        district.state(school.code()),
        Times.text(district.lastSeen(school.code())),
        district.agents(school.code()).stream().map(this::agent).toList(),
        links,
        classes,
        rooms,
        others(seen));
  }

  private Agent agent(AgentEntry agent) {
    Instant seen = agent.lastSeen();
    boolean connected =
        seen != null && Duration.between(seen, district.now()).compareTo(CONNECTED) <= 0;
    return new Agent(
        agent.id(),
        agent.kind().name().toLowerCase(Locale.ROOT),
        Times.text(seen),
        connected,
        Times.text(agent.held()));
  }

  /** Takes out of {@code seen} what it shows, here and below: what is left belongs to others. */
  private static List<Map<String, @Nullable Object>> links(
      Inventory inventory, Map<String, Observation> seen) {
    List<String> subjects = new ArrayList<>();
    for (Device device : inventory.devices()) {
      if (device.kind().equals("link")) {
        subjects.add(device.subject());
      }
    }
    for (String subject : seen.keySet()) {
      if (Subject.kind(subject).equals("link") && !subjects.contains(subject)) {
        subjects.add(subject);
      }
    }
    return subjects.stream()
        .map(
            subject ->
                reading(
                    subject,
                    seen.remove(subject),
                    "speedBitsPerSecond",
                    "inBitsPerSecond",
                    "outBitsPerSecond"))
        .toList();
  }

  private static List<ClassView> classes(Inventory inventory, Map<String, Observation> seen) {
    List<ClassView> classes = new ArrayList<>();
    for (SchoolClass c : inventory.classes()) {
      List<Map<String, @Nullable Object>> terminals = new ArrayList<>();
      for (Device device : inventory.devices()) {
        if (device.space().equals(c.name())) {
          terminals.add(
              machine(
                  device.subject(),
                  seen.remove(device.subject()),
                  "uptimeSeconds",
                  "lampHours",
                  "filterHours",
                  "faultBits"));
        }
      }
      classes.add(new ClassView(c.name(), c.grade(), c.platformDeclared(), terminals));
    }
    return classes;
  }

  private static List<RoomView> rooms(Inventory inventory, Map<String, Observation> seen) {
    List<RoomView> rooms = new ArrayList<>();
    for (Room room : inventory.rooms()) {
      RoomNow now = RoomNow.of(room, seen);
      List<Map<String, @Nullable Object>> seats = new ArrayList<>();
      for (Device device : inventory.devices()) {
        if (device.space().equals(room.name())) {
          seats.add(machine(device.subject(), seen.remove(device.subject())));
        }
      }
      rooms.add(
          new RoomView(
              room.name(), now.registered(), now.on(), now.usable(), now.unknown(), seats));
    }
    return rooms;
  }

  /**
   * What is up or down and stands nowhere else; an agent's health or a line test is neither, and
   * partner schools have a call of their own.
   */
  private static List<Map<String, @Nullable Object>> others(Map<String, Observation> seen) {
    return seen.values().stream()
        .filter(o -> o.containsMeasures("up") && !o.getSubject().startsWith(PartnerLine.REACH))
        .map(o -> reading(o.getSubject(), o, "connectMillis", "responseMillis"))
        .toList();
  }

  /** A reading of what somebody switches on and off. */
  private static Map<String, @Nullable Object> machine(
      String subject, @Nullable Observation seen, String... measures) {
    Map<String, @Nullable Object> reading = reading(subject, seen, measures);
    reading.put("state", seen == null ? null : state(seen));
    return reading;
  }

  /** By the number it told; who tells none is on where it answers. */
  private static @Nullable String state(Observation seen) {
    double up = seen.getMeasuresOrDefault("up", -1);
    int told = (int) seen.getMeasuresOrDefault("state", 0);
    if (told >= 1 && told <= STATES.size()) {
      return STATES.get(told - 1);
    }
    return up < 0 ? null : STATES.get(up >= 0.5 ? 0 : STATES.size() - 1);
  }

  private static Map<String, @Nullable Object> reading(
      String subject, @Nullable Observation seen, String... measures) {
    Map<String, @Nullable Object> reading = new LinkedHashMap<>();
    reading.put("subject", subject);
    reading.put("name", Subject.name(subject));
    Double up = seen == null ? null : seen.getMeasuresMap().get("up");
    reading.put("up", up == null ? null : up > 0);
    reading.put("reason", seen == null || seen.getReason().isEmpty() ? null : seen.getReason());
    reading.put("seen", seen == null ? null : Times.ofMillis(seen.getTimeMillis()));
    for (String measure : measures) {
      reading.put(measure, seen == null ? null : seen.getMeasuresMap().get(measure));
    }
    return reading;
  }
}
