package org.rollcall.collector.judge;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.SchoolClass;

/**
 * Which classes have a live terminal of their own. One terminal counts for one class: where the
 * register binds one device (the same address, probed the same way) to several classes, it is given
 * to one of them, so that as many classes as possible count.
 */
final class EquippedClasses {
  private final Map<String, TreeSet<String>> terminalsOf = new TreeMap<>();
  private final Map<String, String> holderOf = new HashMap<>();

  private EquippedClasses() {}

  /**
   * The classes with a terminal of their own, whether it was ever on or not, and those that declare
   * a platform of which no terminal is registered.
   */
  static Set<String> declared(Collection<SchoolClass> classes, List<Device> devices) {
    Set<String> names = new TreeSet<>();
    classes.forEach(one -> names.add(one.name()));
    Set<String> bound = new HashSet<>();
    Set<String> subjects = new HashSet<>();
    for (Device device : devices) {
      if (device.kind().equals("terminal")) {
        bound.add(device.space());
        subjects.add(device.subject());
      }
    }
    Set<String> equipped = of(names, devices, subjects);
    for (SchoolClass one : classes) {
      if (one.platformDeclared() && !bound.contains(one.name())) {
        equipped.add(one.name());
      }
    }
    return equipped;
  }

  /**
   * @param alive subjects of the terminals that were up
   */
  static Set<String> of(Collection<String> classes, List<Device> devices, Set<String> alive) {
    EquippedClasses equipped = new EquippedClasses();
    for (Device device : devices) {
      if (device.kind().equals("terminal")
          && classes.contains(device.space())
          && alive.contains(device.subject())) {
        String terminal =
            device.address().isEmpty() ? device.subject() : device.address() + " " + device.probe();
        equipped.terminalsOf.computeIfAbsent(device.space(), c -> new TreeSet<>()).add(terminal);
      }
    }
    Set<String> found = new TreeSet<>();
    for (String schoolClass : equipped.terminalsOf.keySet()) {
      if (equipped.give(schoolClass, new HashSet<>())) {
        found.add(schoolClass);
      }
    }
    return found;
  }

  /**
   * Gives the class a terminal, moving another class to its second one where that helps. Ends
   * because each call tries a terminal that no call before it tried.
   */
  private boolean give(String schoolClass, Set<String> tried) {
    for (String terminal : terminalsOf.getOrDefault(schoolClass, new TreeSet<>())) {
      if (tried.add(terminal)) {
        String holder = holderOf.get(terminal);
        if (holder == null || give(holder, tried)) {
          holderOf.put(terminal, schoolClass);
          return true;
        }
      }
    }
    return false;
  }
}
