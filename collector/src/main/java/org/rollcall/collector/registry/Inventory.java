package org.rollcall.collector.registry;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one school has: its classes, its devices and its lines.
 *
 * @param classes by grade, then name
 * @param devices by kind, then name
 * @param lines by name; empty if nothing more is declared than the school's own columns say
 */
public record Inventory(
    String school, List<SchoolClass> classes, List<Device> devices, List<Line> lines) {

  public Inventory {
    classes = List.copyOf(classes);
    devices = List.copyOf(devices);
    lines = List.copyOf(lines);
  }

  /** What a school has whose own columns tell of its only line. */
  public Inventory(String school, List<SchoolClass> classes, List<Device> devices) {
    this(school, classes, devices, List.of());
  }

  /** Nothing, which is also what an unknown school has. */
  public static Inventory empty(String school) {
    return new Inventory(school, List.of(), List.of(), List.of());
  }

  /**
   * The lines of this school, never empty: those declared one by one, or the one that its own
   * columns describe, under the name of its only link device.
   */
  public List<Line> lines(School of) {
    if (!lines.isEmpty()) {
      return lines;
    }
    List<Device> links = devicesOf("link");
    return List.of(Line.of(of, links.size() == 1 ? links.get(0).name() : Line.DEFAULT_NAME));
  }

  /** The devices that stand in a class or room; the empty name stands for the lines themselves. */
  public List<Device> devicesIn(String space) {
    return devices.stream().filter(device -> device.space().equals(space)).toList();
  }

  /** The devices of one kind, e.g. link. */
  public List<Device> devicesOf(String kind) {
    return devices.stream().filter(device -> device.kind().equals(kind)).toList();
  }

  /** The computer rooms: spaces that hold PCs and are no class, by name. */
  public List<Room> rooms() {
    Map<String, SchoolClass> byName =
        classes.stream().collect(Collectors.toMap(SchoolClass::name, Function.identity()));
    Map<String, List<Device>> seats =
        devices.stream()
            .filter(device -> device.kind().equals("pc"))
            .filter(device -> !device.space().isEmpty() && !byName.containsKey(device.space()))
            .collect(Collectors.groupingBy(Device::space, TreeMap::new, Collectors.toList()));
    return seats.entrySet().stream()
        .map(room -> new Room(school, room.getKey(), room.getValue()))
        .toList();
  }

  /** The same without network addresses and probe settings, for those who may not operate it. */
  public Inventory withoutAddresses() {
    return new Inventory(
        school,
        classes,
        devices.stream()
            .map(d -> new Device(d.school(), d.space(), d.kind(), d.name(), "", ""))
            .toList(),
        lines);
  }
}
