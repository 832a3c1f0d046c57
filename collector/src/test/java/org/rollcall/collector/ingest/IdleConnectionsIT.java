package org.rollcall.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.identity.ForeignLogin;

/** What connections cost that say nothing. The clients live in the same process and count too. */
class IdleConnectionsIT {
  private static final int CONNECTIONS = 1_000;
  private static final long MAX_BYTES = 10_000_000;

  @TempDir Path folder;

  @Test
  void aThousandIdleConnectionsCostAtMostTenMegabytes() throws IOException {
    List<RawClient> clients = new ArrayList<>();
    try (Door door = new Door(folder)) {
      ForeignLogin login = door.agents.addForeign("00701");
      open(door, login, "warm", 50, clients);
      long before = usedBytes();
      open(door, login, "idle", CONNECTIONS, clients);
      await().until(() -> door.ingest.counts().open() == CONNECTIONS + 50);
      long cost = usedBytes() - before;
      System.out.println("idle connections: " + cost / CONNECTIONS + " bytes each");
      assertThat(cost).isLessThan(MAX_BYTES);
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  private static void open(
      Door door, ForeignLogin login, String prefix, int count, List<RawClient> clients)
      throws IOException {
    for (int i = 0; i < count; i++) {
      RawClient client = RawClient.plain(door.ingest.plainPort());
      clients.add(client);
      client.connect(5, prefix + i, login.userName(), login.password());
      assertThat(client.read().hex()).startsWith("0000");
    }
  }

  /** Heap after a collection, and what Netty took outside it. */
  private static long usedBytes() {
    ManagementFactory.getMemoryMXBean().gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
        + PlatformDependent.usedDirectMemory();
  }
}
