package org.rollcall.simulator.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process takes, from Linux's /proc.
 *
 * @param rssMiB resident memory now
 * @param cpuSeconds user and system time since it started
 */
public record ProcessFigures(double rssMiB, double cpuSeconds) {
  /** USER_HZ: 100 on every Linux architecture Java runs on. */
  private static final double TICKS_PER_SECOND = 100;

  /** Reads a live process's figures. */
  public static ProcessFigures of(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      // The name in brackets may hold blanks; what follows it does not. Fields 14 and 15 of
      // proc(5).
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      double ticks = Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
      double kib =
          Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
              .sum();
      return new ProcessFigures(kib / 1_024, ticks / TICKS_PER_SECOND);
    } catch (IOException e) {
      throw new UncheckedIOException("Process " + pid + " is gone, or this is no Linux.", e);
    }
  }
}
