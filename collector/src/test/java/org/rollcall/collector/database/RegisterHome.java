package org.rollcall.collector.database;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.rollcall.parts.postgres.PostgresServer;
import org.sqlite.SQLiteConfig.TransactionMode;

/** Where a test keeps its register: the same test runs on each. See {@link OnBothDatabases}. */
public enum RegisterHome {
  SQLITE {
    @Override
    public DatabaseSettings settings(Path folder) {
      return DatabaseSettings.SQLITE;
    }

    @Override
    DataSource source(Path folder) {
      return SqliteConnections.source(
          file(folder), Database.Sync.PROCESS, TransactionMode.DEFERRED);
    }

    @Override
    void makeEmpty(Path folder) {}

    @Override
    Home unopened(Path folder) {
      return new SqliteHome(file(folder), Database.Sync.PROCESS);
    }

    @Override
    String migrations() {
      return Migrations.SQLITE;
    }
  },

  POSTGRESQL {
    @Override
    public DatabaseSettings settings(Path folder) {
      return Databases.of(folder, "made");
    }

    @Override
    DataSource source(Path folder) {
      DatabaseSettings settings = settings(folder);
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setUrl(settings.url());
      source.setUser(settings.user());
      source.setPassword(settings.password());
      return source;
    }

    @Override
    void makeEmpty(Path folder) {
      Databases.of(folder, "template0");
    }

    @Override
    Home unopened(Path folder) {
      DatabaseSettings settings = settings(folder);
      return new PostgresHome(settings, String.valueOf(settings.url()));
    }

    @Override
    String migrations() {
      return Migrations.POSTGRESQL;
    }
  };

  /** What a collector needs to know to keep the register of that folder here. */
  public abstract DatabaseSettings settings(Path folder);

  /** Connections to it as the driver makes them, for what comes before a register is open. */
  abstract DataSource source(Path folder);

  /** From now on the folder has a database with no schema at all. Before anything else uses it. */
  abstract void makeEmpty(Path folder);

  /** As it is, whatever its schema. */
  abstract Home unopened(Path folder);

  /** Where its migrations are on the class path. */
  abstract String migrations();

  static Path file(Path folder) {
    return folder.resolve("rollcall.db");
  }

  /** Opens the register of a test's folder; the same one for the same folder. */
  public Database open(Path folder) {
    DatabaseSettings settings = settings(folder);
    return settings.url() == null
        ? Database.open(file(folder), Database.Sync.PROCESS)
        : Database.open(settings, file(folder));
  }

  /** Opens what another process has open: a file, or a database by its URL. */
  public static Database open(String place) {
    return place.startsWith("jdbc:")
        ? Database.open(settings(place), Path.of(""))
        : Database.open(Path.of(place));
  }

  private static DatabaseSettings settings(String url) {
    return new DatabaseSettings(url, PostgresServer.USER, PostgresServer.PASSWORD, 8);
  }

  /** One server for all tests of this process, and a database for each folder. */
  private static final class Databases {
    private static final String OWNER = PostgresServer.USER;
    private static final String MADE = "made";

    private static final Map<Path, String> NAMES = new HashMap<>();
    private static final PGSimpleDataSource superuser = new PGSimpleDataSource();
    private static @Nullable PostgresServer running;
    private static int count;

    static synchronized DatabaseSettings of(Path folder, String template) {
      PostgresServer server = server();
      String name = NAMES.get(folder);
      if (name == null) {
        dropThoseOfEndedTests();
        name = "t" + ++count;
        execute("CREATE DATABASE " + name + " TEMPLATE " + template + " OWNER " + OWNER);
        NAMES.put(folder, name);
      }
      return RegisterHome.settings(server.url(name));
    }

    private static void dropThoseOfEndedTests() {
      List<Path> ended = NAMES.keySet().stream().filter(f -> !Files.exists(f)).toList();
      for (Path folder : ended) {
        execute("DROP DATABASE " + NAMES.remove(folder) + " WITH (FORCE)");
      }
    }

    private static void execute(String statement) {
      try (Connection connection = superuser.getConnection();
          Statement one = connection.createStatement()) {
        one.execute(statement);
      } catch (SQLException e) {
        throw new IllegalStateException("PostgreSQL refused " + statement, e);
      }
    }

    /** Its first database is made by the migrations, the others are copies of it. */
    private static PostgresServer server() {
      PostgresServer known = running;
      if (known == null) {
        known = PostgresServer.start(false);
        running = known;
        superuser.setUrl(known.url("postgres"));
        superuser.setUser("postgres");
        superuser.setPassword(PostgresServer.PASSWORD);
        execute("CREATE DATABASE " + MADE + " OWNER " + OWNER);
        Database.open(RegisterHome.settings(known.url(MADE)), Path.of("")).close();
      }
      return known;
    }
  }
}
