package org.rollcall.agent.reach;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.probe.Probe;
import org.rollcall.protocol.v1.Observation;

/** Entries and looks, for the tests of every way to reach something. */
public final class Looks {

  private Looks() {}

  /** The one observation of one look. */
  public static Observation look(Probe probe) {
    List<Observation> seen =
        probe.run(Instant.now()).toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    assertThat(seen).hasSize(1);
    Observation only = seen.get(0);
    assertThat(only.getSubject()).isEqualTo(probe.subjects().get(0));
    assertThat(only.getTimeMillis()).isPositive();
    return only;
  }

  /** An entry with a key and a value for each option. */
  public static DeviceSettings entry(
      String probe, String subject, String address, String... options) {
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return new DeviceSettings(subject, probe, address, Duration.ofSeconds(60), all);
  }

  /** Nothing but a reason: the look taught nothing. */
  public static void assertUnknown(Observation seen, String reason) {
    assertThat(seen.getReason()).isEqualTo(reason);
    assertThat(seen.getMeasuresMap()).isEmpty();
  }

  public static void assertDown(Observation seen, String reason) {
    assertThat(seen.getReason()).isEqualTo(reason);
    assertThat(seen.getMeasuresMap()).containsEntry("up", 0.0);
  }

  public static void assertUp(Observation seen) {
    assertThat(seen.getReason()).isEmpty();
    assertThat(seen.getMeasuresMap()).containsEntry("up", 1.0);
  }
}
