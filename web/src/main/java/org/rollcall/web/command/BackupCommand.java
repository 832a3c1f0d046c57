package org.rollcall.web.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.rollcall.collector.Collector;
import org.rollcall.collector.ServerLock;
import org.rollcall.collector.archive.Backup;
import org.rollcall.collector.archive.BackupRequests;
import org.rollcall.collector.archive.BackupRequests.Request;
import org.rollcall.collector.archive.BackupRequests.State;
import org.rollcall.collector.audit.AuditLog.Told;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.config.SettingsException;
import org.rollcall.web.ServerSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code ./rollcall backup}: asks the running server, which alone may read its observations;
 * without a server it makes the backup itself.
 */
@Command(
    name = "backup",
    description = "All that the server keeps, into a folder; the server goes on meanwhile.",
    mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
  /** A server looks for requests once a second. */
  private static final Duration TAKEN_WITHIN = Duration.ofSeconds(60);

  private static final long LOOK_MILLIS = 200;

  @Mixin private ConfigOption config = new ConfigOption();

  @Parameters(paramLabel = "DIR", description = "A new or empty folder.")
  private Path folder = Path.of("");

  private String lastTold = "";

  @Override
  public Integer call() throws SettingsException, IOException, InterruptedException {
    ServerSettings settings = config.settings();
    Path into = folder.toAbsolutePath().normalize();
    Path file = config.path().toAbsolutePath().normalize();
    try (Database database = config.database(settings)) {
      BackupRequests requests = new BackupRequests(database, Clock.systemUTC());
      String told =
          ServerLock.isHeld(settings.data())
              ? ask(database, requests, new Place(settings, into, file))
              : make(database, requests, new Place(settings, into, file));
      System.out.println("Backup made in " + into + ": " + told + ".");
    }
    return 0;
  }

  private record Place(ServerSettings settings, Path into, Path file) {}

  private static long asked(Database database, Supplier<Long> request, Path into) {
    return Recorded.change(
        database,
        request,
        id -> new Told("backup", String.valueOf(into.getFileName()), Map.of("request", id)));
  }

  private String ask(Database database, BackupRequests requests, Place place)
      throws IOException, InterruptedException {
    Path data = place.settings.data();
    long id = asked(database, () -> requests.add(place.into, place.file, State.ASKED), place.into);
    long deadline = System.nanoTime() + TAKEN_WITHIN.toNanos();
    while (true) {
      Request now =
          requests
              .find(id)
              .orElseThrow(() -> new Fault("The request for a backup is gone from the register."));
      if (now.state() == State.DONE) {
        return now.told();
      }
      if (now.state() == State.FAILED) {
        throw new Fault("The server could not make the backup: " + now.told());
      }
      if (now.state() == State.ASKED && System.nanoTime() > deadline) {
        requests.tell(id, State.FAILED, "not taken up");
        throw new Fault("The server did not take the request up within a minute: see its log.");
      }
      if (!ServerLock.isHeld(data)) {
        requests.tell(id, State.FAILED, "The server ended before the backup did.");
        throw new Fault("The server ended before the backup did: run the command again.");
      }
      progress(now.told());
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private void progress(String told) {
    if (!told.equals(lastTold)) {
      lastTold = told;
      System.err.println(told);
    }
  }

  @SuppressWarnings("try") // the lock is only held
  private String make(Database database, BackupRequests requests, Place place) throws IOException {
    ServerSettings settings = place.settings;
    Backup.Sources sources =
        new Backup.Sources(settings.data(), place.file, settings.collector().named());
    long id =
        asked(database, () -> requests.add(place.into, place.file, State.RUNNING), place.into);
    boolean done = false;
    try (ServerLock noServer = ServerLock.take(settings.data());
        ObservationStore store =
            settings.store().open(Collector.observations(settings.data()), Clock.systemUTC())) {
      Collector.identity(settings.collector(), Clock.systemUTC());
      Backup.Made made =
          new Backup(database, store, sources, Clock.systemUTC()).write(place.into, this::progress);
      String told = made.rows() + " observations";
      done = requests.tell(id, State.DONE, told);
      return told;
    } finally {
      if (!done) {
        requests.tell(id, State.FAILED, "The command could not finish it.");
      }
    }
  }
}
