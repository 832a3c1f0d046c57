package org.rollcall.simulator.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.rollcall.agent.throughput.Ndt7Client;
import org.rollcall.agent.throughput.Ndt7Result;
import org.rollcall.agent.uplink.NetworkThreads;
import org.rollcall.simulator.server.Child;
import org.rollcall.simulator.server.ProcessFigures;
import org.rollcall.simulator.server.ServerFolder;
import picocli.CommandLine.Command;

/**
 * How much a real server moves by ndt7 over the loopback, without TLS: an agent's client against
 * it, one direction after the other.
 */
@Command(
    name = "ndt7",
    mixinStandardHelpOptions = true,
    description = "What the collector's ndt7 moves over the loopback, plain, in each direction.")
final class NdtBench implements Callable<Integer> {
  private static final List<String> FLAGS =
      List.of("-Xms256m", "-Xmx1g", "-XX:+UseG1GC", "-XX:MaxDirectMemorySize=512m");
  private static final long PATIENCE_SECONDS = 40;

  @Override
  public Integer call() throws Exception {
    Path temp = Files.createTempDirectory("rollcall-bench");
    try {
      ServerFolder folder =
          new ServerFolder(temp, ServerFolder.freePort(), ServerFolder.freePort(), 0);
      folder.write();
      try (Child server = folder.startAndAwait(FLAGS);
          NetworkThreads network = new NetworkThreads(1)) {
        network.start();
        Ndt7Client client =
            new Ndt7Client(
                network.group(), new Ndt7Client.Target("127.0.0.1", folder.httpPort(), null, null));
        double before = ProcessFigures.of(server.pid()).cpuSeconds();
        Ndt7Result download = client.download().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        Ndt7Result upload = client.upload().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        double cpu = ProcessFigures.of(server.pid()).cpuSeconds() - before;
        System.out.printf(
            Locale.ROOT,
            "{\"downloadBitsPerSecond\":%.0f,\"uploadBitsPerSecond\":%.0f,\"cpuSeconds\":%.2f}%n",
            download.bitsPerSecond(),
            upload.bitsPerSecond(),
            cpu);
        return download.measured() && upload.measured() ? 0 : 1;
      }
    } finally {
      BenchServer.delete(temp);
    }
  }
}
