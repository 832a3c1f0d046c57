package org.rollcall.agent.control;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.discovery.DiscoverySettings;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.report.ReportSettings;
import org.rollcall.agent.throughput.LineTestSettings;
import org.rollcall.config.Problem;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;
import org.rollcall.protocol.Limits;

/**
 * What may come from afar. Where this agent belongs, where it reports to, where it keeps its data
 * and the secrets of its devices stay its own affair: who takes over a collector learns no password
 * of a school, turns no agent away from it, and has nothing swept but private networks.
 *
 * @param devices looked at besides those of the agent's own file
 * @param report instead of the own file's; null: the own file's holds
 * @param lineTests only where the own file has no such section; null: nothing is said of it
 * @param discovery the same
 */
public record PushedSettings(
    List<DeviceSettings> devices,
    @Nullable ReportSettings report,
    @Nullable LineTestSettings lineTests,
    @Nullable DiscoverySettings discovery) {
  private static final String FILE = "file:";

  public PushedSettings {
    devices = List.copyOf(devices);
  }

  /**
   * Reads what was pushed.
   *
   * @param name what it is called in what is reported
   * @throws SettingsException naming everything that cannot be
   */
  public static PushedSettings read(String name, String yaml) throws SettingsException {
    int bytes = yaml.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > Limits.MAX_CONFIGURATION_BYTES) {
      throw new SettingsException(
          name, List.of(new Problem("(file)", bytes + " bytes", "it is too long", "shorten it")));
    }
    PushedSettings pushed = SettingsReader.read(name, yaml, Path.of("/"), PushedSettings.class);
    noFiles(name, pushed.devices());
    String outside = pushed.discovery() == null ? null : pushed.discovery().notPrivate();
    if (outside != null) {
      throw new SettingsException(
          name,
          List.of(
              new Problem(
                  "discovery.networks",
                  outside,
                  "it is no private network",
                  "only the agent's own file may name others")));
    }
    return pushed;
  }

  /** Which of a machine's files are read is that machine's affair. */
  private static void noFiles(String name, List<DeviceSettings> devices) throws SettingsException {
    List<Problem> problems = new ArrayList<>();
    for (DeviceSettings device : devices) {
      device
          .options()
          .forEach(
              (key, value) -> {
                if (value.startsWith(FILE)) {
                  problems.add(
                      new Problem(
                          device.subject() + "." + key,
                          FILE + "…",
                          "files are named by the agent's own file alone",
                          "put the device there"));
                }
              });
    }
    if (!problems.isEmpty()) {
      throw new SettingsException(name, problems);
    }
  }

  /**
   * What holds of an agent: its own file alone, or that and what was pushed.
   *
   * @param lineTests null: no such section
   * @param discovery null: no such section
   */
  public record InForce(
      List<DeviceSettings> devices,
      ReportSettings report,
      @Nullable LineTestSettings lineTests,
      @Nullable DiscoverySettings discovery) {
    public InForce {
      devices = List.copyOf(devices);
    }
  }

  /**
   * The own file and this together.
   *
   * @throws IllegalArgumentException naming each subject and section that both have, one line each
   */
  public InForce besides(InForce own) {
    List<String> problems = new ArrayList<>();
    List<DeviceSettings> all = devicesBesides(own.devices(), problems);
    noteTwice("lineTests", own.lineTests(), lineTests, problems);
    noteTwice("discovery", own.discovery(), discovery, problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return new InForce(
        all,
        report == null ? own.report() : report,
        own.lineTests() == null ? lineTests : own.lineTests(),
        own.discovery() == null ? discovery : own.discovery());
  }

  private static void noteTwice(
      String section, @Nullable Object own, @Nullable Object pushed, List<String> problems) {
    if (own != null && pushed != null) {
      problems.add(
          section + " was pushed, and stands in this agent's own file, which decides: one must go");
    }
  }

  private List<DeviceSettings> devicesBesides(List<DeviceSettings> own, List<String> problems) {
    Set<String> subjects = new HashSet<>();
    own.forEach(device -> subjects.add(device.subject()));
    List<DeviceSettings> all = new ArrayList<>(own);
    for (DeviceSettings device : devices) {
      if (subjects.contains(device.subject())) {
        problems.add(
            device.subject() + " was pushed, and stands in this agent's own file: one must go");
      }
      all.add(device);
    }
    return all;
  }
}
