package org.rollcall.simulator.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a process's resident memory sits, from Linux's /proc, in MiB.
 *
 * @param rssMiB all resident pages, as {@code VmRSS} and ps count them: those that it shares with
 *     others count in full
 * @param peakMiB the highest resident size since the process began ({@code VmHWM})
 * @param pssMiB resident pages, those that are shared divided among those that share them
 * @param privateMiB what would be free if the process ended
 */
public record MemoryFigures(double rssMiB, double peakMiB, double pssMiB, double privateMiB) {

  /** Reads a live process's figures. */
  public static MemoryFigures of(long pid) {
    try {
      List<String> status = Files.readAllLines(Path.of("/proc/" + pid + "/status"));
      List<String> maps = Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"));
      return new MemoryFigures(
          mib(status, "VmRSS:"),
          mib(status, "VmHWM:"),
          mib(maps, "Pss:"),
          mib(maps, "Private_Clean:") + mib(maps, "Private_Dirty:"));
    } catch (IOException e) {
      throw new UncheckedIOException("Process " + pid + " is gone, or this is no Linux.", e);
    }
  }

  /** The kernel's "kB" are KiB. */
  private static double mib(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1_024)
        .sum();
  }
}
