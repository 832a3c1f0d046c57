package org.rollcall.agent.throughput;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A line between two network namespaces, made by the kernel: {@code netem} where the kernel has it,
 * else {@code tbf}, which shapes as well but neither delays nor loses; a {@link Relay} then does
 * that. Frames count as on an Ethernet wire, with preamble, check sum and gap. Needs root. Closing
 * deletes all of it.
 */
final class ShapedLine implements AutoCloseable {
  static final String SCHOOL = "10.77.0.2";
  static final String DISTRICT = "10.77.0.1";

  /** What a frame takes on the wire beside its bytes: preamble 8, check sum 4, gap 12. */
  private static final int WIRE_OVERHEAD = 24;

  private final String school;
  private final String district;
  private final String schoolPort;
  private final String districtPort;
  private boolean netem;

  /**
   * @param megabits the line's rate in both directions
   * @param delayMillis one way
   * @param lossPercent of each direction's datagrams
   */
  record Shape(int megabits, int delayMillis, double lossPercent) {}

  ShapedLine(Shape shape) throws IOException, InterruptedException {
    String id = Long.toString(ProcessHandle.current().pid(), 36);
    school = "rc-school-" + id;
    district = "rc-district-" + id;
    schoolPort = "rcs" + id;
    districtPort = "rcd" + id;
    boolean made = false;
    try {
      make(shape);
      made = true;
    } finally {
      if (!made) {
        close();
      }
    }
  }

  private void make(Shape shape) throws IOException, InterruptedException {
    must("ip", "netns", "add", school);
    must("ip", "netns", "add", district);
    must(
        "ip",
        "link",
        "add",
        schoolPort,
        "netns",
        school,
        "type",
        "veth",
        "peer",
        "name",
        districtPort,
        "netns",
        district);
    up(school, schoolPort, SCHOOL);
    up(district, districtPort, DISTRICT);
    netem = shapeByNetem(school, schoolPort, shape) && shapeByNetem(district, districtPort, shape);
    if (!netem) {
      shapeByTbf(school, schoolPort, shape);
      shapeByTbf(district, districtPort, shape);
    }
  }

  private static void up(String space, String port, String address)
      throws IOException, InterruptedException {
    must("ip", "-n", space, "addr", "add", address + "/24", "dev", port);
    must("ip", "-n", space, "link", "set", "lo", "up");
    must("ip", "-n", space, "link", "set", port, "up");
  }

  private static boolean shapeByNetem(String space, String port, Shape shape)
      throws IOException, InterruptedException {
    return run(
            "ip",
            "netns",
            "exec",
            space,
            "tc",
            "qdisc",
            "replace",
            "dev",
            port,
            "root",
            "netem",
            "rate",
            shape.megabits() + "mbit",
            "" + WIRE_OVERHEAD,
            "delay",
            shape.delayMillis() + "ms",
            "loss",
            shape.lossPercent() + "%",
            "limit",
            "" + Math.max(100, 15 * shape.megabits()))
        .isEmpty();
  }

  private static void shapeByTbf(String space, String port, Shape shape)
      throws IOException, InterruptedException {
    must(
        "ip",
        "netns",
        "exec",
        space,
        "tc",
        "qdisc",
        "replace",
        "dev",
        port,
        "root",
        "tbf",
        "rate",
        shape.megabits() + "mbit",
        "burst",
        Math.max(6_000, 400 * shape.megabits()) + "",
        "latency",
        "100ms",
        "overhead",
        "" + WIRE_OVERHEAD);
  }

  /** Whether delay and loss are the kernel's; if not, a relay must make them. */
  boolean delaysAndLoses() {
    return netem;
  }

  /** A program in the school's half. */
  List<String> inSchool(List<String> command) {
    return inside(school, command);
  }

  /** A program in the district's half. */
  List<String> inDistrict(List<String> command) {
    return inside(district, command);
  }

  private static List<String> inside(String space, List<String> command) {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", space));
    all.addAll(command);
    return all;
  }

  /** All bytes of frames that the school's end has sent and received. */
  long bytes() throws IOException, InterruptedException {
    long sum = 0;
    for (String way : List.of("rx_bytes", "tx_bytes")) {
      Process cat =
          new ProcessBuilder(
                  inSchool(List.of("cat", "/sys/class/net/" + schoolPort + "/statistics/" + way)))
              .start();
      sum += Long.parseLong(said(cat).strip());
    }
    return sum;
  }

  private static void must(String... command) throws IOException, InterruptedException {
    String fault = run(command);
    if (!fault.isEmpty()) {
      throw new IllegalStateException(
          "Line tests are tested in network namespaces, as root, with iproute2: "
              + String.join(" ", command)
              + ": "
              + fault);
    }
  }

  /** What went wrong; empty when nothing did. */
  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = said(process);
    return process.exitValue() == 0 ? "" : said.isBlank() ? "failed" : said.strip();
  }

  private static String said(Process process) throws IOException, InterruptedException {
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return said;
  }

  @Override
  public void close() throws IOException {
    try {
      String unused = run("ip", "netns", "del", school) + run("ip", "netns", "del", district);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
