package org.rollcall.agent.control;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.report.ReportSettings;
import org.rollcall.config.Problem;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;
import org.rollcall.protocol.Limits;

/**
 * What may come from afar. Where this agent belongs, where it reports to, where it keeps its data
 * and the secrets of its devices stay its own affair: who takes over a collector learns no password
 * of a school, and turns no agent away from it.
 *
 * @param devices looked at besides those of the agent's own file
 * @param report instead of the own file's; null: the own file's holds
 */
public record PushedSettings(List<DeviceSettings> devices, @Nullable ReportSettings report) {
  public static final PushedSettings NONE = new PushedSettings(List.of(), null);

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
    return SettingsReader.read(name, yaml, Path.of("/"), PushedSettings.class);
  }

  /**
   * The devices of the own file and these.
   *
   * @throws IllegalArgumentException naming each subject that both have, one line each
   */
  public List<DeviceSettings> besides(List<DeviceSettings> own) {
    Set<String> subjects = new HashSet<>();
    own.forEach(device -> subjects.add(device.subject()));
    List<String> problems = new ArrayList<>();
    List<DeviceSettings> all = new ArrayList<>(own);
    for (DeviceSettings device : devices) {
      if (subjects.contains(device.subject())) {
        problems.add(
            device.subject() + " was pushed, and stands in this agent's own file: one must go");
      }
      all.add(device);
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return all;
  }
}
