package org.rollcall.web.command;

import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.rollcall.collector.Collector;
import org.rollcall.collector.CollectorSettings.Store;
import org.rollcall.collector.CollectorSettings.Store.Kind;
import org.rollcall.collector.ServerLock;
import org.rollcall.collector.archive.StoreMove;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.config.SettingsException;
import org.rollcall.web.ServerSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./rollcall move-store}: observations from QuestDB to InfluxDB, or back. */
@Command(
    name = "move-store",
    description = {
      "Carries every observation from one store to the other, day by day, with counts and digests",
      "compared. The server must not run. If it is interrupted, run it again."
    },
    mixinStandardHelpOptions = true)
final class MoveStoreCommand implements Callable<Integer> {
  @Mixin private ConfigOption config = new ConfigOption();

  @Option(
      names = "--to",
      paramLabel = "KIND",
      required = true,
      description = {
        "influx: the one that store.influx of the settings names; questdb: in the data folder.",
        "All comes from the other of the two."
      })
  private Kind to = Kind.QUESTDB;

  @Override
  @SuppressWarnings("try") // the lock is only held
  public Integer call() throws SettingsException, IOException {
    ServerSettings settings = config.settings();
    Kind from = to == Kind.INFLUX ? Kind.QUESTDB : Kind.INFLUX;
    try (ServerLock noServer = ServerLock.take(settings.data());
        ObservationStore source = open(settings, from);
        ObservationStore target = open(settings, to)) {
      StoreMove.Moved moved = new StoreMove(source, target, System.err::println).move();
      try (Database database = config.database(settings)) {
        Recorded.note(database, "store.move", word(to), Map.of("observations", moved.rows()));
      }
      print(moved);
    } catch (StoreMove.DiffersException | StoreMove.TooOldException e) {
      throw new Fault(String.valueOf(e.getMessage()));
    }
    return 0;
  }

  private static ObservationStore open(ServerSettings settings, Kind kind) {
    Store there = settings.store();
    return new Store(kind, true, there.minFree(), there.packAfter(), there.keep(), there.influx())
        .keepingAll()
        .open(Collector.observations(settings.data()), Clock.systemUTC());
  }

  private void print(StoreMove.Moved moved) {
    System.out.printf(
        "%d observations of %d school days are in %s, %d of the days carried now; SHA-256 %s on both"
            + " sides.%n",
        moved.rows(), moved.schoolDays(), word(to), moved.copied(), moved.digest());
    System.out.println(
        "Now set store.kind: "
            + word(to)
            + " in "
            + config.path()
            + " and start the server. The observations that were there stay as they were.");
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
