package org.rollcall.web.api;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.rollcall.collector.Collector;
import org.rollcall.collector.alerts.AlertDesk;
import org.rollcall.collector.channels.Channels;
import org.rollcall.collector.ingest.IngestCounts;
import org.rollcall.collector.intake.IntakeCounts;
import org.rollcall.collector.linetest.ndt7.Ndt7Counts;

/** The process's own counters in Prometheus text format. What each means is its help text. */
final class Metrics {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private volatile Supplier<HttpCounts> http = () -> HttpCounts.NONE;

  Metrics(Collector collector) {
    reports(collector);
    connections(collector);
    lineTests(collector);
    http();
    channels(collector);
    alerts(collector);
    CounterWithCallback.builder()
        .name("rollcall_judged_schools_total")
        .help("Schools judged since the start")
        .callback(c -> c.call((double) collector.judge().counts().schoolsJudged()))
        .register(registry);
    CounterWithCallback.builder()
        .name("rollcall_judge_failures_total")
        .help("Schools whose judging failed")
        .callback(c -> c.call((double) collector.judge().counts().schoolsFailed()))
        .register(registry);
    gauge(
        "rollcall_judged_up_to_seconds",
        "All that was stored at this time (seconds since 1970) is in the verdicts",
        () -> collector.judge().judgedUpTo().getEpochSecond());
    gauge(
        "rollcall_dirty_schools",
        "Schools with days that wait to be judged",
        () -> collector.judge().waiting());
    counter(
        "rollcall_pulse_left_out_total",
        "New subjects that found no room in memory",
        () -> collector.pulse().leftOut());
    gauge(
        "rollcall_disk_free_bytes",
        "Free on the data folder's disk; -1 when it does not say",
        () -> collector.diskGuard().free());
    gauge(
        "rollcall_disk_low",
        "1 while nothing is acknowledged because the disk is nearly full",
        () -> collector.diskGuard().isLow() ? 1 : 0);
    gauge("rollcall_heap_used_bytes", "Heap in use", Metrics::heap);
  }

  private void reports(Collector collector) {
    counter(
        "rollcall_reports_received_total",
        "Reports handed to the intake: stored + duplicate + rejected + unavailable + in flight",
        () -> collector.intake().counts().received());
    CounterWithCallback.builder()
        .name("rollcall_reports_total")
        .help("Reports by what became of them")
        .labelNames("outcome")
        .callback(
            c -> {
              IntakeCounts counts = collector.intake().counts();
              c.call((double) counts.stored(), "stored");
              c.call((double) counts.duplicate(), "duplicate");
              c.call((double) counts.rejectedInAll(), "rejected");
              c.call((double) counts.unavailable(), "unavailable");
            })
        .register(registry);
    CounterWithCallback.builder()
        .name("rollcall_reports_rejected_total")
        .help("Reports refused, by reason")
        .labelNames("reason")
        .callback(
            c ->
                collector.intake().counts().rejected().forEach((why, n) -> c.call((double) n, why)))
        .register(registry);
    counter(
        "rollcall_observations_stored_total",
        "Observations made durable",
        () -> collector.intake().counts().observations());
    counter(
        "rollcall_store_batches_total",
        "Batches written to the store",
        () -> collector.intake().counts().batches());
    gauge(
        "rollcall_reports_in_flight",
        "Reports waiting for the store",
        () -> collector.intake().counts().inFlight());
  }

  private void connections(Collector collector) {
    gauge(
        "rollcall_mqtt_connections",
        "Open MQTT connections",
        () -> collector.ingest().counts().open());
    counter(
        "rollcall_mqtt_accepted_total",
        "MQTT connections ever accepted",
        () -> collector.ingest().counts().accepted());
    counter(
        "rollcall_mqtt_turned_away_total",
        "Connections closed because there were too many",
        () -> collector.ingest().counts().turnedAway());
    counter(
        "rollcall_mqtt_malformed_total",
        "Connections closed because a packet was malformed, too large or out of place",
        () -> collector.ingest().counts().malformed());
    CounterWithCallback.builder()
        .name("rollcall_mqtt_closed_total")
        .help("Connections the collector closed, by reason; malformed ones are counted apart")
        .labelNames("reason")
        .callback(
            c -> {
              IngestCounts counts = collector.ingest().counts();
              c.call((double) counts.tooSlow(), "too-slow");
              c.call((double) counts.crowdedOut(), "crowded-out");
              c.call((double) counts.silent(), "silent");
              c.call((double) counts.takenOver(), "taken-over");
            })
        .register(registry);
    counter(
        "rollcall_mqtt_two_places_total",
        "Take-overs that look like one key in two places",
        () -> collector.ingest().counts().twoPlaces());
    counter(
        "rollcall_agents_held_total",
        "Agents held because their key was proven to be in two places",
        () -> collector.ingest().counts().held());
    counter(
        "rollcall_agents_told_total",
        "Configurations and commands sent to agents",
        () -> collector.ingest().counts().told());
    counter(
        "rollcall_agents_not_told_total",
        "Configurations and commands that an agent could not be sent",
        () -> collector.ingest().counts().notTold());
    CounterWithCallback.builder()
        .name("rollcall_mqtt_logins_refused_total")
        .help("Logins refused, by reason")
        .labelNames("reason")
        .callback(
            c ->
                collector
                    .ingest()
                    .counts()
                    .loginsRefused()
                    .forEach((why, n) -> c.call((double) n, why)))
        .register(registry);
  }

  /** Where the counts of the doors of HTTP come from. */
  void connections(Supplier<HttpCounts> counts) {
    http = counts;
  }

  private void http() {
    gauge("rollcall_http_connections", "Open HTTP connections", () -> http.get().open());
    counter(
        "rollcall_http_accepted_total",
        "HTTP connections ever accepted",
        () -> http.get().accepted());
    counter(
        "rollcall_http_turned_away_total",
        "HTTP connections closed because there were too many",
        () -> http.get().turnedAway());
    counter(
        "rollcall_http_too_slow_total",
        "HTTP connections closed because a request did not come in time",
        () -> http.get().tooSlow());
  }

  private void alerts(Collector collector) {
    GaugeWithCallback.builder()
        .name("rollcall_alerts")
        .help("Alerts that are open, by state; one that somebody has taken on is firing, too")
        .labelNames("state")
        .callback(
            c -> {
              AlertDesk.Counts counts = collector.alerts().counts();
              c.call((double) counts.pending(), "pending");
              c.call((double) counts.firing(), "firing");
            })
        .register(registry);
    counter(
        "rollcall_alerts_raised_total",
        "Alerts that began to fire since the start",
        () -> collector.alerts().counts().raised());
    counter(
        "rollcall_alert_messages_total",
        "Messages of alerts put into the outbox since the start, one for each step and end",
        () -> collector.alerts().counts().posted());
    counter(
        "rollcall_alert_rounds_failed_total",
        "Rounds of alerts that failed since the start",
        () -> collector.alerts().counts().failures());
  }

  private void channels(Collector collector) {
    CounterWithCallback.builder()
        .name("rollcall_channel_messages_total")
        .help("Messages by channel and what became of them: taken, refused or given up")
        .labelNames("channel", "outcome")
        .callback(
            c -> {
              for (Channels.Status each : collector.channels().status()) {
                c.call((double) each.sent(), each.setting().name(), "sent");
                c.call((double) each.failed(), each.setting().name(), "failed");
              }
            })
        .register(registry);
    CounterWithCallback.builder()
        .name("rollcall_channel_retries_total")
        .help("Attempts by channel that failed and are made again")
        .labelNames("channel")
        .callback(
            c ->
                collector
                    .channels()
                    .status()
                    .forEach(each -> c.call((double) each.retried(), each.setting().name())))
        .register(registry);
    GaugeWithCallback.builder()
        .name("rollcall_channel_waiting")
        .help("Messages by channel that wait to be sent")
        .labelNames("channel")
        .callback(
            c ->
                collector
                    .channels()
                    .status()
                    .forEach(each -> c.call((double) each.waiting(), each.setting().name())))
        .register(registry);
  }

  private void lineTests(Collector collector) {
    CounterWithCallback.builder()
        .name("rollcall_line_test_slots_total")
        .help("Slots of line tests: sent to an agent, or lost because none could be told in time")
        .labelNames("outcome")
        .callback(
            c -> {
              c.call((double) collector.lineTests().counts().sent(), "sent");
              c.call((double) collector.lineTests().counts().lost(), "lost");
            })
        .register(registry);
    gauge(
        "rollcall_line_tests_running",
        "Slots that are given out and not over",
        () -> collector.lineTests().counts().running());
    counter(
        "rollcall_paced_tests_total",
        "Paced line tests begun",
        () -> collector.lineTests().pacedCounts().begun());
    counter(
        "rollcall_paced_strange_datagrams_total",
        "Datagrams on the paced tests' port that belong to no test",
        () -> collector.lineTests().pacedCounts().strange());
    counter(
        "rollcall_ndt7_tests_total",
        "Tests by ndt7 begun, each direction for itself",
        () -> collector.lineTests().ndt7Counts().begun());
    counter(
        "rollcall_ndt7_refused_total",
        "Requests for ndt7 refused: bad, without a right to test, or one too many",
        () -> {
          Ndt7Counts counts = collector.lineTests().ndt7Counts();
          return counts.bad() + counts.denied() + counts.busy();
        });
  }

  private void counter(String name, String help, LongSupplier value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(c -> c.call((double) value.getAsLong()))
        .register(registry);
  }

  private void gauge(String name, String help, LongSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(c -> c.call((double) value.getAsLong()))
        .register(registry);
  }

  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  String text() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException("BUG: writing to memory failed", e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
