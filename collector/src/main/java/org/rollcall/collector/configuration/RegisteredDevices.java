package org.rollcall.collector.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.rollcall.collector.registry.Device;

/** A configuration made of the devices that the register has of a school. */
public final class RegisteredDevices {
  /** The probes of this version's agent that look at one device. */
  static final Set<String> PROBES = Set.of("snmp", "tcp", "pjlink", "icmp", "http");

  private RegisteredDevices() {}

  /**
   * The composed configuration.
   *
   * @param yaml its {@code devices:}
   * @param devices how many there are
   * @param leftOut subjects whose probe the agent does not know
   */
  public record Composed(String yaml, int devices, List<String> leftOut) {}

  /**
   * Composes it, in the order given.
   *
   * @param devices whose probe is a word and settings, such as {@code snmp ifName=GE0/0/1}
   */
  public static Composed compose(List<Device> devices) {
    StringBuilder yaml = new StringBuilder("devices:");
    List<String> leftOut = new ArrayList<>();
    int count = 0;
    for (Device device : devices) {
      String[] words = device.probe().strip().split(" +", -1);
      if (!PROBES.contains(words[0])) {
        leftOut.add(device.subject());
        continue;
      }
      count++;
      yaml.append("\n  - subject: ").append(quoted(device.subject()));
      yaml.append("\n    probe: ").append(words[0]);
      yaml.append("\n    address: ").append(quoted(device.address()));
      for (int i = 1; i < words.length; i++) {
        int equals = words[i].indexOf('=');
        yaml.append("\n    ")
            .append(words[i], 0, equals)
            .append(": ")
            .append(quoted(words[i].substring(equals + 1)));
      }
    }
    if (count == 0) {
      yaml.append(" []");
    }
    return new Composed(yaml.append('\n').toString(), count, leftOut);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
