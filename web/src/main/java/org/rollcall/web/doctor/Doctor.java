package org.rollcall.web.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.rollcall.collector.Collector;
import org.rollcall.collector.CollectorSettings.Store.Kind;
import org.rollcall.collector.ServerLock;
import org.rollcall.collector.alerts.AlertRules;
import org.rollcall.collector.alerts.AlertSettings;
import org.rollcall.collector.alerts.Duty;
import org.rollcall.collector.archive.BackupRequests;
import org.rollcall.collector.archive.Restore;
import org.rollcall.collector.calendar.SchoolCalendars;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.DatabaseUnavailableException;
import org.rollcall.collector.identity.ServerIdentity;
import org.rollcall.collector.profile.Profiles;
import org.rollcall.collector.store.StoreUnavailableException;
import org.rollcall.collector.store.influx.InfluxStore;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;
import org.rollcall.web.ServerSettings;
import org.rollcall.web.doctor.Finding.Status;

/** Looks at everything once, and goes on after what fails. All limits are project defaults. */
public final class Doctor {
  private static final Duration BACKUP_AGE = Duration.ofDays(7);
  private static final Duration CERTIFICATE_LEFT = Duration.ofDays(30);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final int OK = 200;

  private final Path file;
  private final Clock clock;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * @param file the server's settings
   */
  public Doctor(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  /** Every finding, in the order of looking. */
  public List<Finding> look() {
    findings.clear();
    ServerSettings settings;
    try {
      settings = SettingsReader.read(file, ServerSettings.class);
    } catch (SettingsException e) {
      add(Status.FAIL, "settings-bad", String.valueOf(e.getMessage()));
      return List.copyOf(findings);
    }
    add(Status.OK, "settings-good", file);
    basis(settings);
    if (data(settings.data())) {
      disk(settings);
      register(settings);
      key(settings.data());
      server(settings);
      store(settings);
    }
    if (settings.store().kind() == Kind.QUESTDB && !settings.store().sync()) {
      add(Status.WARN, "sync-off");
    }
    return List.copyOf(findings);
  }

  private void add(Status status, String code, Object... arguments) {
    findings.add(Finding.of(status, code, arguments));
  }

  private void basis(ServerSettings settings) {
    try {
      SchoolCalendars.read(settings.calendar());
      add(Status.OK, "calendars-good", settings.calendar());
    } catch (SettingsException e) {
      add(Status.FAIL, "calendars-bad", String.valueOf(e.getMessage()));
    }
    try {
      Profiles profiles = Profiles.read(settings.targets());
      for (String id : settings.profiles()) {
        if (profiles.get(id) == null) {
          add(Status.FAIL, "profile-missing", id, settings.targets());
        }
      }
      add(Status.OK, "targets-good", settings.targets());
    } catch (SettingsException e) {
      add(Status.FAIL, "targets-bad", String.valueOf(e.getMessage()));
    }
    alerts(settings);
  }

  /** Whether what is broken would reach anybody. */
  private void alerts(ServerSettings settings) {
    AlertSettings alerts = settings.alerts();
    Path rules = alerts.rules();
    if (rules == null) {
      return;
    }
    try {
      AlertRules.read(rules);
      Duty duty = alerts.duty() == null ? Duty.NOBODY : Duty.read(alerts.duty());
      Set<String> missing = new TreeSet<>(duty.channels());
      settings.channels().forEach(channel -> missing.remove(channel.name()));
      if (!missing.isEmpty()) {
        add(Status.FAIL, "channels-missing", String.join(", ", missing));
      } else if (duty.ways().isEmpty()) {
        add(Status.WARN, "alerts-to-nobody");
      } else {
        add(Status.OK, "alerts-good");
      }
    } catch (SettingsException e) {
      add(Status.FAIL, "alerts-bad", String.valueOf(e.getMessage()));
    }
  }

  /** Whether there is a data folder to look into. */
  private boolean data(Path data) {
    if (!Files.exists(data)) {
      add(Status.WARN, "data-missing", data);
      return false;
    }
    if (!Files.isDirectory(data) || !Files.isReadable(data) || !Files.isWritable(data)) {
      add(Status.FAIL, "data-unusable", data);
      return false;
    }
    try {
      Restore.requireUnbroken(data);
    } catch (IOException e) {
      add(Status.FAIL, "restore-unfinished", data);
      return false;
    }
    add(Status.OK, "data-good", data);
    return true;
  }

  private void disk(ServerSettings settings) {
    try {
      long free = Files.getFileStore(settings.data()).getUsableSpace();
      long least = settings.store().minFree().bytes();
      Status status = free < least ? Status.FAIL : free < 2 * least ? Status.WARN : Status.OK;
      String code = status == Status.OK ? "disk-good" : "disk-low";
      add(status, code, free >> 20, settings.store().minFree(), settings.data());
    } catch (IOException e) {
      add(Status.WARN, "disk-unknown", settings.data(), e);
    }
  }

  private void register(ServerSettings settings) {
    Path data = settings.data();
    if (settings.register().url() == null && !Files.exists(Collector.registerFile(data))) {
      add(Status.WARN, "register-missing", data);
      return;
    }
    try (Database database = Collector.database(settings.collector())) {
      List<String> damage = database.damage();
      if (!damage.isEmpty()) {
        add(Status.FAIL, "register-bad", String.join("; ", damage));
        return;
      }
      add(Status.OK, "register-good");
      backup(new BackupRequests(database, clock).newestDone());
    } catch (DatabaseUnavailableException e) {
      add(Status.FAIL, "register-bad", String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // SQLite tells damage in the middle of a file by an exception of Jdbi.
      add(Status.FAIL, "register-bad", String.valueOf(e.getMessage()));
    }
  }

  private void backup(Optional<BackupRequests.Request> newest) {
    if (newest.isEmpty()) {
      add(Status.WARN, "backup-none");
      return;
    }
    Instant made = newest.get().changed();
    boolean old = made.isBefore(clock.instant().minus(BACKUP_AGE));
    add(old ? Status.WARN : Status.OK, old ? "backup-old" : "backup-good", made);
  }

  private void key(Path data) {
    if (!Files.exists(ServerIdentity.keyFile(data))) {
      add(Status.WARN, "key-missing", data);
      return;
    }
    try {
      ServerIdentity identity = ServerIdentity.open(data, List.of(), clock);
      Instant end = identity.certificate().getNotAfter().toInstant();
      boolean ends = end.isBefore(clock.instant().plus(CERTIFICATE_LEFT));
      add(ends ? Status.WARN : Status.OK, ends ? "certificate-ends" : "certificate-good", end);
      Path key = ServerIdentity.keyFile(data);
      if (Files.getPosixFilePermissions(key).stream().anyMatch(Doctor::isOthers)) {
        add(Status.FAIL, "key-open", key);
      }
    } catch (IOException e) {
      add(Status.FAIL, "key-bad", String.valueOf(e.getMessage()));
    }
  }

  private static boolean isOthers(PosixFilePermission permission) {
    return permission.name().startsWith("GROUP") || permission.name().startsWith("OTHERS");
  }

  private void server(ServerSettings settings) {
    boolean runs;
    try {
      runs = ServerLock.isHeld(settings.data());
    } catch (IOException e) {
      add(Status.FAIL, "store-unusable", String.valueOf(e.getMessage()));
      return;
    }
    if (runs) {
      readiness(settings);
      return;
    }
    add(Status.WARN, "server-stopped");
    port(settings.http().bind(), settings.http().port());
    port(settings.mqtt().tls().bind(), settings.mqtt().tls().port());
    if (settings.mqtt().plain().enabled()) {
      port(settings.mqtt().plain().bind(), settings.mqtt().plain().port());
    }
  }

  /** A store of another process can be asked whether the server runs or not. */
  private void store(ServerSettings settings) {
    if (settings.store().kind() == Kind.QUESTDB) {
      return;
    }
    try (InfluxStore store = new InfluxStore(settings.store().influx(), clock)) {
      store.reach();
      add(Status.OK, "store-good", settings.store().influx());
    } catch (StoreUnavailableException e) {
      add(Status.FAIL, "store-away", String.valueOf(e.getMessage()));
    }
  }

  private void readiness(ServerSettings settings) {
    if (settings.http().port() == 0) {
      add(Status.WARN, "server-port-unknown");
      return;
    }
    String bind = settings.http().bind();
    String host = bind.equals("0.0.0.0") ? "127.0.0.1" : bind;
    URI call = URI.create("http://" + host + ":" + settings.http().port() + "/readyz");
    try {
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .connectTimeout(ANSWER)
              .build()
              .send(
                  HttpRequest.newBuilder(call).timeout(ANSWER).build(),
                  HttpResponse.BodyHandlers.ofString());
      boolean ready = answer.statusCode() == OK;
      add(
          ready ? Status.OK : Status.FAIL,
          ready ? "server-ready" : "server-not-ready",
          call,
          answer.body());
    } catch (IOException e) {
      add(Status.FAIL, "server-silent", call);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void port(String bind, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(bind), port));
    } catch (IOException e) {
      add(Status.FAIL, "port-taken", bind, port, String.valueOf(e.getMessage()));
    }
  }
}
