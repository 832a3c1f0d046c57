package org.rollcall.agent.reach.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Four network namespaces in a row, with IPv4 and IPv6: a school, its gateway, a second router, an
 * anchor. Traffic goes through the kernel as it would outside, and stays inside.
 *
 * <pre>
 * school 10.71.1.2 - .1 gateway 10.71.2.1 - .2 router 10.71.3.1 - .2 anchor
 * </pre>
 */
final class RoutedNetworks implements AutoCloseable {
  static final String ANCHOR = "10.71.3.2";
  static final String ANCHOR_V6 = "fd71:3::2";

  /** Behind the gateway's route that says: no way. */
  static final String NOWHERE = "10.71.9.9";

  private static final List<String> PLACES = List.of("school", "gateway", "router", "anchor");

  private final String prefix = "rollcall-" + ProcessHandle.current().pid() + "-";
  private final List<String> made = new ArrayList<>();

  RoutedNetworks() throws IOException {
    try {
      for (String place : PLACES) {
        ip("netns", "add", prefix + place);
        made.add(place);
        in(place, "ip", "link", "set", "lo", "up");
      }
      for (int line = 1; line < PLACES.size(); line++) {
        connect(line, PLACES.get(line - 1), PLACES.get(line));
      }
      for (String place : List.of("gateway", "router")) {
        in(place, "sysctl", "-q", "-w", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1");
        // Many checks in a second are the tests' own; nobody else's router would bear them.
        in(place, "sysctl", "-q", "-w", "net.ipv4.icmp_ratelimit=0", "net.ipv6.icmp.ratelimit=0");
      }
      route("school", "default", "10.71.1.1", "fd71:1::1");
      route("anchor", "default", "10.71.3.1", "fd71:3::1");
      route("gateway", "3", "10.71.2.2", "fd71:2::2");
      route("router", "1", "10.71.2.1", "fd71:2::1");
      in("gateway", "ip", "route", "add", "unreachable", "10.71.9.0/24");
    } catch (IOException | RuntimeException | AssertionError e) {
      close();
      throw e;
    }
  }

  private void connect(int line, String left, String right) throws IOException {
    ip(
        "link",
        "add",
        "right",
        "netns",
        prefix + left,
        "type",
        "veth",
        "peer",
        "name",
        "left",
        "netns",
        prefix + right);
    boolean first = line == 1;
    address(left, "right", line, first ? 2 : 1);
    address(right, "left", line, first ? 1 : 2);
  }

  private void address(String place, String device, int line, int host) throws IOException {
    in(place, "ip", "addr", "add", "10.71." + line + "." + host + "/24", "dev", device);
    in(place, "sysctl", "-q", "-w", "net.ipv6.conf." + device + ".accept_dad=0");
    in(place, "ip", "addr", "add", "fd71:" + line + "::" + host + "/64", "dev", device, "nodad");
    in(place, "ip", "link", "set", device, "up");
  }

  private void route(String place, String line, String by, String byV6) throws IOException {
    boolean all = line.equals("default");
    in(place, "ip", "route", "add", all ? line : "10.71." + line + ".0/24", "via", by);
    in(place, "ip", "-6", "route", "add", all ? line : "fd71:" + line + "::/64", "via", byV6);
  }

  /** What stands before a command that is to run in the school. */
  List<String> inSchool(String... command) {
    return Stream.concat(Stream.of("ip", "netns", "exec", prefix + "school"), Stream.of(command))
        .toList();
  }

  private void in(String place, String... command) throws IOException {
    run(
        Stream.concat(Stream.of("ip", "netns", "exec", prefix + place), Stream.of(command))
            .toList());
  }

  private static void ip(String... arguments) throws IOException {
    run(Stream.concat(Stream.of("ip"), Stream.of(arguments)).toList());
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s", command).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    assertThat(process.exitValue()).as("%s: %s", command, said).isZero();
  }

  @Override
  public void close() throws IOException {
    while (!made.isEmpty()) {
      ip("netns", "del", prefix + made.remove(made.size() - 1));
    }
  }
}
