package org.rollcall.collector;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.alerts.AlertSettings;
import org.rollcall.collector.channels.ChannelSetting;
import org.rollcall.collector.database.DatabaseSettings;
import org.rollcall.collector.evidence.EvidenceSettings;
import org.rollcall.collector.ingest.MqttSettings;
import org.rollcall.collector.linetest.LineTestSettings;
import org.rollcall.collector.linetest.ndt7.Ndt7Settings;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.collector.store.StoreUnavailableException;
import org.rollcall.collector.store.influx.InfluxStore;
import org.rollcall.collector.store.questdb.QuestDbStore;
import org.rollcall.config.DataSize;
import org.rollcall.config.Default;
import org.rollcall.config.Range;

/**
 * What a collector needs to know.
 *
 * @param data folder of all that is kept
 * @param register where the register is kept
 * @param calendar the folder of school calendars, or one calendar for every school
 * @param targets folder of profiles
 * @param profiles ids of the profiles that are judged by; pages show the first
 * @param publicAddress name or address by which agents reach this collector
 * @param lineTests when and how schools' lines are tested
 * @param ndt7 who may test as much as a line gives
 * @param evidence how long agents' reports are kept as they came
 * @param alerts what people are told of
 * @param channels by which they are told
 * @param site address of the pages, without a slash at its end; null where it is not set
 * @param milestones the file of milestones; null: those of the plan alone
 */
public record CollectorSettings(
    Path data,
    DatabaseSettings register,
    MqttSettings mqtt,
    Store store,
    Path calendar,
    Path targets,
    List<String> profiles,
    String publicAddress,
    LineTestSettings lineTests,
    Ndt7Settings ndt7,
    EvidenceSettings evidence,
    AlertSettings alerts,
    List<ChannelSetting> channels,
    @Nullable String site,
    @Nullable Path milestones) {

  public CollectorSettings {
    profiles = List.copyOf(profiles);
  }

  /** Files and folders of people's own that the settings name, by what they are about. */
  public Map<String, Path> named() {
    Map<String, Path> named = new TreeMap<>(Map.of("calendars", calendar, "targets", targets));
    if (alerts.rules() != null) {
      named.put("alerts", alerts.rules());
    }
    if (alerts.duty() != null) {
      named.put("duty", alerts.duty());
    }
    if (milestones != null) {
      named.put("milestones", milestones);
    }
    return named;
  }

  /**
   * How observations are kept.
   *
   * @param kind in the process (QuestDB) or in an InfluxDB
   * @param sync QuestDB: whether an acknowledged report also survives a power cut; without it, it
   *     survives the death of the process
   * @param minFree of the data folder's disk that must stay free for anything to be acknowledged; a
   *     project default
   * @param packAfter QuestDB: how long after its end (UTC) a day is packed; 0d: never. The project
   *     default is a week and until 02:00 in China, when schools are asleep
   * @param keep QuestDB: how long a day is kept after its end; 0d, a project default: for ever
   * @param influx where that InfluxDB is
   */
  public record Store(
      @Default("questdb") Kind kind,
      @Default("false") boolean sync,
      @Default("512MiB") DataSize minFree,
      @Default("186h") @Range(min = "0d", max = "36500d") Duration packAfter,
      @Default("0d") @Range(min = "0d", max = "36500d") Duration keep,
      InfluxStore.Settings influx) {

    private static final Duration LEAST_PACK_AFTER = Duration.ofDays(1);
    private static final Duration LEAST_KEEP = Duration.ofDays(7);

    public Store {
      if (!packAfter.isZero() && packAfter.compareTo(LEAST_PACK_AFTER) < 0) {
        throw new IllegalArgumentException("packAfter is 1d or longer, or 0d for never");
      }
      if (!keep.isZero() && keep.compareTo(LEAST_KEEP) < 0) {
        throw new IllegalArgumentException("keep is 7d or longer, or 0d for ever");
      }
    }

    /** What keeps them. */
    public enum Kind {
      QUESTDB,
      INFLUX
    }

    /** The same where nothing is dropped, for carrying all there is from one place to another. */
    public Store keepingAll() {
      return new Store(kind, sync, minFree, packAfter, Duration.ZERO, influx);
    }

    /**
     * Opens the store.
     *
     * @param directory QuestDB's
     * @throws StoreUnavailableException if it cannot be used
     */
    public ObservationStore open(Path directory, Clock clock) {
      if (kind == Kind.INFLUX) {
        InfluxStore store = new InfluxStore(influx, clock);
        return opened(store, store::start);
      }
      QuestDbStore.Upkeep upkeep = new QuestDbStore.Upkeep(packAfter, keep);
      QuestDbStore store = new QuestDbStore(directory, sync, upkeep, clock);
      return opened(store, store::start);
    }

    private static ObservationStore opened(ObservationStore store, Runnable start) {
      boolean started = false;
      try {
        start.run();
        started = true;
        return store;
      } finally {
        if (!started) {
          store.close();
        }
      }
    }
  }
}
