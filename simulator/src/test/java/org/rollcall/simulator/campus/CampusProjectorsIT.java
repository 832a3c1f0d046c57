package org.rollcall.simulator.campus;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.agent.pjlink.PjlinkProbes;
import org.rollcall.agent.probe.Credential;
import org.rollcall.agent.probe.Credentials;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.simulator.district.District;
import org.rollcall.simulator.district.RegisteredDevice;
import org.rollcall.simulator.district.Term;

/** The classroom projectors of a district, asked by the agent's own probe. */
class CampusProjectorsIT {
  private static final LocalDate FRIDAY = LocalDate.of(2026, 3, 6);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @ParameterizedTest
  @CsvSource({"09:00, 1", "21:00, 2"})
  void everyProjectorIsOnInLessonsAndStandsByAtNight(LocalTime time, double state) {
    Instant now = FRIDAY.atTime(time).atZone(Term.ZONE).toInstant();
    Clock clock = Clock.fixed(now, Term.ZONE);
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try (NameLookup names = new NameLookup(clock);
        Campus campus = new Campus(District.of(5, 12), Term.allYear(), clock)) {
      campus.start();
      List<RegisteredDevice> projectors =
          campus.devices().stream().filter(d -> d.kind().equals("projector")).toList();
      assertThat(projectors).hasSizeBetween(4, 6);
      PjlinkProbes family = new PjlinkProbes(credentials(), loops, names, clock, PATIENCE);
      List<Observation> seen = new ArrayList<>();
      for (RegisteredDevice device : projectors) {
        assertThat(device.probe()).isEqualTo("pjlink credential=" + Campus.PROJECTORS);
        seen.addAll(
            family
                .probe(
                    new DeviceSettings(
                        "projector:" + device.name(),
                        "pjlink",
                        device.address(),
                        Duration.ofMinutes(2),
                        Map.of(Credentials.OPTION, Campus.PROJECTORS)))
                .run(now)
                .toCompletableFuture()
                .orTimeout(120, TimeUnit.SECONDS)
                .join());
      }
      assertThat(seen)
          .allSatisfy(
              each -> {
                assertThat(each.getReason()).isEmpty();
                assertThat(each.getMeasuresMap())
                    .containsEntry("state", state)
                    .containsEntry("up", 1.0)
                    .containsKey("faultBits");
              });
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }

  private static Credentials credentials() {
    return new Credentials(
        Map.of(
            Campus.PROJECTORS,
            new Credential(null, null, null, null, null, null, Campus.PROJECTOR_PASSWORD)));
  }
}
