package org.rollcall.collector.store.influx;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.rollcall.parts.influx.InfluxServer;

/** Settings for stores on an influxd that a test has started. */
final class InfluxFixture {
  static final InfluxStore.Keep FOR_EVER =
      new InfluxStore.Keep(Duration.ZERO, Duration.ofDays(365), Duration.ofDays(1_825));

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private InfluxFixture() {}

  /** A name that no other test of this process has. */
  static String database() {
    return "rollcall " + NUMBER.incrementAndGet();
  }

  static InfluxStore.Settings settings(InfluxServer server, String database) {
    return settings(server, database, FOR_EVER);
  }

  static InfluxStore.Settings settings(
      InfluxServer server, String database, InfluxStore.Keep keep) {
    return settings(server.url(), database, keep, Duration.ofSeconds(30));
  }

  static InfluxStore.Settings settings(
      String url, String database, InfluxStore.Keep keep, Duration patience) {
    return new InfluxStore.Settings(
        url, database, null, null, null, Duration.ofSeconds(5), patience, patience, true, keep);
  }

  static InfluxStore.Settings login(
      InfluxServer server, String user, String password, @Nullable Path ca) {
    Duration patience = Duration.ofSeconds(30);
    return new InfluxStore.Settings(
        server.url(), database(), user, password, ca, patience, patience, patience, true, FOR_EVER);
  }
}
