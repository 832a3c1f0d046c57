package org.rollcall.collector.problems;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.problems.Cause.Behind;
import org.rollcall.collector.problems.Cause.Known;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Line;
import org.rollcall.collector.registry.SchoolClass;
import org.rollcall.collector.usage.PartnerLine;
import org.rollcall.protocol.Subject;
import org.rollcall.protocol.v1.Observation;

/**
 * The causes of one school, from what is nearest to the root outwards: a school that nobody hears
 * has one cause and everything else behind it; then lines, networks, switches, devices. What stands
 * behind one is no cause of its own. A pure function of its input. One thread.
 */
final class SchoolCauses {
  private static final List<String> NETWORKS = List.of("internet", "district", "edu");

  private final SchoolLook look;
  private final Onset.Source onsets;
  private final Map<String, Device> devices = new HashMap<>();
  private final Map<String, Observation> wrong = new TreeMap<>();
  private final Map<String, Trouble> troubles = new HashMap<>();
  private final List<Cause> causes = new ArrayList<>();

  private SchoolCauses(SchoolLook look, Onset.Source onsets) {
    this.look = look;
    this.onsets = onsets;
    look.inventory().devices().forEach(device -> devices.put(device.subject(), device));
    look.newest()
        .forEach(
            (subject, seen) -> {
              Trouble trouble = Trouble.now(seen, look.now());
              if (trouble != null) {
                wrong.put(subject, seen);
                troubles.put(subject, trouble);
              }
            });
  }

  /** In no order. */
  static List<Cause> of(SchoolLook look, Onset.Source onsets) {
    SchoolCauses school = new SchoolCauses(look, onsets);
    if (look.silent()) {
      school.silent();
    } else {
      school.lines();
      school.networks();
      school.services();
      school.switches();
      school.rooms();
      school.devices();
    }
    return school.causes;
  }

  private void silent() {
    Instant heard = look.heard();
    Instant enrolled = look.enrolled();
    Set<String> behind = new LinkedHashSet<>(devices.keySet());
    look.newest().keySet().stream()
        .filter(subject -> !Subject.kind(subject).equals("agent"))
        .sorted()
        .forEach(behind::add);
    List<String> all = behind.stream().sorted(byKind()).toList();
    Map<String, String> words = new HashMap<>();
    words.put("isp", isp(null));
    if (heard != null) {
      add(
          CauseKind.AGENT_SILENT,
          "",
          words,
          new Onset(heard, Known.LAST_HEARD),
          Behind.of(all),
          look.classes());
    } else if (enrolled != null) {
      Onset onset = new Onset(enrolled, Known.ENROLLED);
      add(CauseKind.AGENT_NEVER_HEARD, "", words, onset, Behind.of(all), look.classes());
    }
  }

  /** Classes and lines first, then as they are named. */
  private static Comparator<String> byKind() {
    List<String> order = List.of("link", "switch", "terminal", "projector", "pc");
    return Comparator.<String>comparingInt(
            s -> (order.indexOf(Subject.kind(s)) + order.size() + 1) % (order.size() + 1))
        .thenComparing(Comparator.naturalOrder());
  }

  /** A school with another line that is up has lessons all the same. */
  private void lines() {
    List<Line> lines = look.inventory().lines(look.school());
    List<Line> down = lines.stream().filter(line -> is(line.subject(), Trouble.DOWN)).toList();
    boolean cut = !down.isEmpty() && lines.stream().noneMatch(line -> isUp(line.subject()));
    for (Line line : down) {
      Observation seen = take(line.subject());
      List<String> behind = cut ? takeAll(List.of("reach", "service")) : List.of();
      Map<String, String> words = words(line.subject());
      words.put("isp", isp(line));
      add(
          CauseKind.LINE_DOWN,
          line.subject(),
          words,
          onset(seen, Trouble.DOWN),
          Behind.of(behind),
          cut ? look.classes() : 0);
    }
  }

  private boolean isUp(String subject) {
    Observation seen = look.newest().get(subject);
    return seen != null && seen.getMeasuresOrDefault("up", 0) >= 0.5;
  }

  private void networks() {
    for (String network : NETWORKS) {
      String subject = "reach:" + network;
      if (is(subject, Trouble.DOWN)) {
        Observation seen = take(subject);
        boolean all = network.equals("internet");
        List<String> behind = all ? takeAll(List.of("reach", "service")) : List.of();
        Map<String, String> words = words(subject);
        words.put("isp", isp(null));
        words.put("network", network);
        add(
            CauseKind.UPSTREAM_DOWN,
            subject,
            words,
            onset(seen, Trouble.DOWN),
            Behind.of(behind),
            all ? look.classes() : 0);
      }
    }
  }

  /** Lessons go on without a platform, as far as anybody can tell from here. */
  private void services() {
    for (String subject : left("service", Trouble.DOWN)) {
      Observation seen = take(subject);
      add(
          CauseKind.SERVICE_DOWN,
          subject,
          words(subject),
          onset(seen, Trouble.DOWN),
          Behind.NOTHING,
          0);
    }
  }

  /** Behind it stands what is only seen through it, and what agents found at its ports. */
  private void switches() {
    List<String> down = left("switch", Trouble.DOWN);
    Map<String, Set<Device>> allBehind = new LinkedHashMap<>();
    down.forEach(subject -> allBehind.put(subject, behind(devices.get(subject))));
    Set<String> behindAnother = new LinkedHashSet<>();
    allBehind.values().forEach(some -> some.forEach(each -> behindAnother.add(each.subject())));
    for (String subject : down) {
      Set<Device> behind = allBehind.getOrDefault(subject, Set.of());
      boolean ring = behind.stream().anyMatch(each -> each.subject().equals(subject));
      if (!is(subject, Trouble.DOWN) || (behindAnother.contains(subject) && !ring)) {
        continue;
      }
      Observation seen = take(subject);
      behind.forEach(device -> take(device.subject()));
      Set<String> names = classNames();
      int classes =
          (int) behind.stream().map(Device::space).filter(names::contains).distinct().count();
      add(
          CauseKind.SWITCH_DOWN,
          subject,
          words(subject),
          onset(seen, Trouble.DOWN),
          Behind.of(behind.stream().map(Device::subject).sorted(byKind()).toList()),
          classes);
    }
  }

  /** All of it, through switches that stand behind it, too; each once, however they are wired. */
  private Set<Device> behind(@Nullable Device own) {
    Set<Device> all = new LinkedHashSet<>();
    List<Device> next = own == null ? List.of() : List.of(own);
    while (!next.isEmpty()) {
      List<Device> found = new ArrayList<>();
      for (Device each : next) {
        for (Device device : look.inventory().devices()) {
          if (isBehind(device, each) && all.add(device) && device.kind().equals("switch")) {
            found.add(device);
          }
        }
      }
      next = found;
    }
    return all;
  }

  private boolean isBehind(Device device, Device own) {
    boolean throughIt =
        device.probe().startsWith("switch-port")
            && !own.address().isEmpty()
            && host(device.address()).equals(host(own.address()));
    String place = look.placed().get(host(device.address()));
    boolean atIt =
        place != null
            && !device.probe().startsWith("switch-port")
            && place.startsWith(own.name() + " ");
    return throughIt || atIt;
  }

  private static String host(String address) {
    int colon = address.startsWith("[") ? address.indexOf("]:") + 1 : address.indexOf(':');
    return colon <= 0 ? address : address.substring(0, colon);
  }

  /** A room of which at least half is broken stops a lesson; the class that would be in it. */
  private void rooms() {
    Map<String, List<String>> broken = new LinkedHashMap<>();
    for (String subject : left("pc", Trouble.FAULT)) {
      Device device = devices.get(subject);
      if (device != null && !classNames().contains(device.space())) {
        broken.computeIfAbsent(device.space(), room -> new ArrayList<>()).add(subject);
      }
    }
    broken.forEach(
        (room, seats) -> {
          int registered = look.inventory().devicesIn(room).size();
          Onset first =
              seats.stream()
                  .map(seat -> onset(take(seat), Trouble.FAULT))
                  .min(Comparator.comparing(Onset::since))
                  .orElseThrow();
          Map<String, String> words = new HashMap<>();
          words.put("name", room);
          words.put("n", String.valueOf(seats.size()));
          words.put("of", String.valueOf(registered));
          int classes = 2 * seats.size() >= registered ? 1 : 0;
          add(CauseKind.ROOM_FAULT, "room:" + room, words, first, Behind.of(seats), classes);
        });
  }

  private void devices() {
    for (String subject : List.copyOf(wrong.keySet())) {
      Trouble trouble = troubles.get(subject);
      if (trouble == null || trouble == Trouble.DOWN) {
        continue;
      }
      Observation seen = take(subject);
      Device device = devices.get(subject);
      boolean ofClass = device != null && classNames().contains(device.space());
      boolean fault = trouble == Trouble.FAULT;
      add(
          fault ? CauseKind.DEVICE_FAULT : CauseKind.DEVICE_UNREADABLE,
          subject,
          words(subject),
          onset(seen, trouble),
          Behind.NOTHING,
          fault && ofClass ? 1 : 0);
    }
  }

  private Set<String> classNames() {
    return look.inventory().classes().stream().map(SchoolClass::name).collect(Collectors.toSet());
  }

  private boolean is(String subject, Trouble trouble) {
    return wrong.containsKey(subject) && troubles.get(subject) == trouble;
  }

  private List<String> left(String kind, Trouble trouble) {
    return wrong.keySet().stream()
        .filter(subject -> Subject.kind(subject).equals(kind) && is(subject, trouble))
        .filter(subject -> !subject.startsWith(PartnerLine.REACH))
        .toList();
  }

  /** It is told of: no cause of its own any more. Null if nothing was wrong with it. */
  private @Nullable Observation take(String subject) {
    return wrong.remove(subject);
  }

  private List<String> takeAll(List<String> kinds) {
    List<String> all = kinds.stream().flatMap(k -> left(k, Trouble.DOWN).stream()).toList();
    all.forEach(this::take);
    return all;
  }

  private Onset onset(@Nullable Observation seen, Trouble trouble) {
    if (seen == null) {
      throw new IllegalStateException("BUG: what is told of was not wrong");
    }
    return onsets.of(look.school().code(), seen, trouble);
  }

  private String isp(@Nullable Line line) {
    String isp = line == null ? look.school().isp() : line.isp();
    return isp == null ? "" : isp.strip();
  }

  /** Name, place, reason and broken parts of a subject. */
  private Map<String, String> words(String subject) {
    Map<String, String> words = new HashMap<>();
    words.put("kind", Subject.kind(subject));
    words.put("name", Subject.name(subject));
    Device device = devices.get(subject);
    words.put("space", device == null ? "" : device.space());
    Observation seen = look.newest().get(subject);
    words.put("reason", seen == null ? "" : seen.getReason());
    double bits = seen == null ? 0 : seen.getMeasuresOrDefault("faultBits", 0);
    words.put("parts", FaultParts.errors((int) bits));
    return words;
  }

  private void add(
      CauseKind kind,
      String subject,
      Map<String, String> words,
      Onset onset,
      Behind behind,
      int classes) {
    LostLessons lost = look.lost(onset.since());
    String school = look.school().code();
    causes.add(
        new Cause(
            id(kind, school, subject),
            kind,
            look.school().region(),
            List.of(school),
            subject,
            words,
            onset.since(),
            onset.known(),
            behind,
            classes,
            lost.today(),
            lost.week(),
            (long) lost.week() * classes,
            look.planned()));
  }

  static String id(CauseKind kind, String place, String subject) {
    String id = kind + "." + place + (subject.isEmpty() ? "" : "." + subject);
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("%3A", ":").replace("%", "~");
  }
}
