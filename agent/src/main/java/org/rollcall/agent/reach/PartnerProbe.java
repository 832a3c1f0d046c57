package org.rollcall.agent.reach;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.rollcall.agent.probe.Probe;
import org.rollcall.protocol.v1.Observation;

/**
 * Echoes and a connection at once, told as one. A partner is up when either came through; the
 * reason is the connection's, unless the echoes came through. Measures: {@code up}, {@code
 * rttMillis}, {@code lossShare}, {@code connectMillis}.
 */
final class PartnerProbe implements Probe {
  private final Probe echoes;
  private final Probe connection;

  PartnerProbe(Probe echoes, Probe connection) {
    this.echoes = echoes;
    this.connection = connection;
  }

  @Override
  public List<String> subjects() {
    return echoes.subjects();
  }

  @Override
  public Duration interval() {
    return echoes.interval();
  }

  @Override
  public CompletionStage<List<Observation>> run(Instant now) {
    return echoes
        .run(now)
        .thenCombine(
            connection.run(now), (echoed, connected) -> both(echoed.get(0), connected.get(0)));
  }

  private static List<Observation> both(Observation echoed, Observation connected) {
    boolean up = isUp(echoed) || isUp(connected);
    Observation.Builder seen =
        connected.toBuilder().putAllMeasures(echoed.getMeasuresMap()).putMeasures("up", up ? 1 : 0);
    return List.of((up ? seen.clearReason() : seen).build());
  }

  private static boolean isUp(Observation seen) {
    return seen.getMeasuresOrDefault("up", 0) == 1;
  }
}
