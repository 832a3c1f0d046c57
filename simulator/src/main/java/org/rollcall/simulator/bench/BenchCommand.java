package org.rollcall.simulator.bench;

import java.net.InetSocketAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rollcall.simulator.faults.FaultsBench;
import org.rollcall.simulator.storm.StormBench;
import picocli.CommandLine.Command;

/** {@code ./rollcall bench NAME}: load generators. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Load generators; the last line on standard output is one JSON object.",
    subcommands = {
      AgentBench.class,
      AlertsBench.class,
      FaultsBench.class,
      IngestBench.class,
      IdleBench.class,
      JudgeBench.class,
      MapBench.class,
      NdtBench.class,
      ProofBench.class,
      ReportBench.class,
      SnmpBench.class,
      StormBench.class
    })
public final class BenchCommand {

  static InetSocketAddress address(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    try {
      return new InetSocketAddress(
          hostAndPort.substring(0, colon), Integer.parseInt(hostAndPort.substring(colon + 1)));
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new IllegalArgumentException("--target is HOST:PORT, not '" + hostAndPort + "'.", e);
    }
  }

  /** A JSON number, or null for what was not measured. */
  static String number(@Nullable Double value) {
    return value == null ? "null" : String.format(Locale.ROOT, "%.2f", value);
  }
}
