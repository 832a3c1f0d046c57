package org.rollcall.collector.store.influx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.influxdb.InfluxDB;
import org.influxdb.InfluxDB.ConsistencyLevel;
import org.influxdb.InfluxDBException;
import org.influxdb.InfluxDBFactory;
import org.influxdb.InfluxDBIOException;
import org.influxdb.dto.Query;
import org.influxdb.dto.QueryResult;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.store.StoreUnavailableException;

/**
 * The client of one InfluxDB, with gzip, time limits and TLS. What InfluxDB refuses is a {@link
 * RefusedException} with its HTTP status; whatever else goes wrong is an {@link IOException}. Any
 * thread.
 */
final class Connection implements AutoCloseable {
  /** Rows in one piece of a streamed answer. */
  private static final int CHUNK_ROWS = 5_000;

  /** Streamed answers at once; those beyond it wait. */
  private static final int MOST_ANSWERS = 256;

  private final InfluxStore.Settings settings;
  private final ExecutorService readers;
  private final ConnectionPool pool = new ConnectionPool();
  private final OkHttpClient.Builder http;
  private @Nullable InfluxDB client;

  /**
   * @param dates gets the time that each answer says it is
   */
  Connection(InfluxStore.Settings settings, Consumer<Instant> dates) {
    this.settings = settings;
    this.readers = readers();
    Dispatcher dispatcher = new Dispatcher(readers);
    dispatcher.setMaxRequests(MOST_ANSWERS);
    dispatcher.setMaxRequestsPerHost(MOST_ANSWERS);
    this.http =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectionPool(pool)
            .followRedirects(false)
            .connectTimeout(settings.connectTimeout())
            .readTimeout(settings.queryTimeout())
            .writeTimeout(settings.queryTimeout())
            .addInterceptor(
                new Answers(Math.toIntExact(settings.writeTimeout().toMillis()), dates));
  }

  private static ExecutorService readers() {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        MOST_ANSWERS,
        30,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, "influx-reader-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * Reads the CA file and resolves the address; connects with the first request.
   *
   * @throws StoreUnavailableException if either cannot be done
   */
  void open() {
    Path ca = settings.ca();
    if (ca != null) {
      trust(ca);
    }
    String user = settings.username();
    String password = settings.password();
    try {
      client =
          user == null || password == null
              ? InfluxDBFactory.connect(settings.url(), http)
              : InfluxDBFactory.connect(settings.url(), user, password, http);
      client.enableGzip();
    } catch (InfluxDBIOException e) {
      throw new StoreUnavailableException(
          "The address of InfluxDB, " + settings.url() + ", is unknown. See store.influx.url.", e);
    }
  }

  private void trust(Path ca) {
    try (InputStream in = Files.newInputStream(ca)) {
      KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
      known.load(null, null);
      int number = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        known.setCertificateEntry("ca" + number, one);
        number++;
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(known);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509TrustManager x509) {
          http.sslSocketFactory(context.getSocketFactory(), x509);
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new StoreUnavailableException(
          "The CA file " + ca + " cannot be used. See store.influx.ca.", e);
    }
  }

  /** Sends lines, times in milliseconds; returns when InfluxDB has acknowledged them (204). */
  void write(String policy, String lines) throws IOException {
    run(
        () -> {
          client()
              .write(
                  settings.database(), policy, ConsistencyLevel.ONE, TimeUnit.MILLISECONDS, lines);
          return settings;
        });
  }

  /** Runs a statement with a small answer. */
  List<QueryResult.Result> ask(String statement) throws IOException {
    QueryResult answer =
        run(() -> client().query(new Query(statement, settings.database()), TimeUnit.MILLISECONDS));
    if (answer.getError() != null) {
      throw new RefusedException(200, answer.getError());
    }
    for (QueryResult.Result result : answer.getResults()) {
      check(result);
    }
    return answer.getResults();
  }

  /**
   * Runs statements and gives what they find to the sink, series by series, on this thread; a long
   * series comes in several pieces.
   */
  void stream(String statements, Consumer<QueryResult.Series> sink) throws IOException {
    HandOver answer = new HandOver();
    Duration patience = settings.queryTimeout().plus(settings.connectTimeout());
    try {
      run(
          () -> {
            client()
                .query(
                    new Query(statements, settings.database()),
                    CHUNK_ROWS,
                    answer::piece,
                    answer::ended,
                    answer::failed);
            return answer;
          });
      QueryResult piece = answer.take(patience);
      while (piece != null) {
        for (QueryResult.Result result : piece.getResults()) {
          check(result);
          if (result.getSeries() != null) {
            result.getSeries().forEach(sink);
          }
        }
        piece = answer.take(patience);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while waiting for InfluxDB.", e);
    } finally {
      answer.abandon();
    }
  }

  private static void check(QueryResult.Result result) throws RefusedException {
    if (result.getError() != null) {
      throw new RefusedException(200, result.getError());
    }
  }

  private InfluxDB client() throws IOException {
    InfluxDB current = client;
    if (current == null) {
      throw new IOException("The connection to InfluxDB is not open.");
    }
    return current;
  }

  private static <T> T run(Call<T> call) throws IOException {
    try {
      return call.run();
    } catch (InfluxDBIOException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
    } catch (InfluxDBException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** What is under way is cut off. */
  @Override
  public void close() {
    InfluxDB current = client;
    client = null;
    if (current != null) {
      current.close();
    }
    readers.shutdownNow();
    pool.evictAll();
  }

  @FunctionalInterface
  private interface Call<T> {
    T run() throws IOException;
  }
}
