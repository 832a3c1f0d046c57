package org.rollcall.parts.influx;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * One {@code influxd} (Debian's package {@code influxdb}, 1.6) on free ports of the loopback, with
 * its data in a folder of the caller's, as a process that this one ends. It reports nothing to
 * anybody and is asked nothing but what a test asks.
 */
public final class InfluxServer implements AutoCloseable {
  private static final Duration TIME_TO_START = Duration.ofSeconds(60);
  private static final Duration TIME_TO_END = Duration.ofSeconds(20);
  private static final long LOOK_AGAIN_MILLIS = 50;
  private static final int LOWEST_PORT = 20_000;
  private static final int PORTS = 12_000;
  private static final int PORT_TRIES = 100;

  /** Begins anywhere, so that two processes do not try the same ones. */
  private static final AtomicInteger NEXT_PORT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

  private final Path folder;
  private final Options options;
  private final int httpPort;
  private final int backupPort;
  private @Nullable Process process;

  /**
   * What may differ from one server to another.
   *
   * @param login whether it asks for a user and a password
   * @param certificate PEM with the key behind it: it then speaks HTTPS; null for HTTP
   * @param maxBodyBytes largest request it takes
   * @param compactSoon whether it brings its files into their last form within seconds instead of
   *     hours, for whoever measures them
   */
  public record Options(
      boolean login, @Nullable Path certificate, int maxBodyBytes, boolean compactSoon) {
    /** As Debian ships it. */
    public static final Options USUAL = new Options(false, null, 25_000_000, false);
  }

  private InfluxServer(Path folder, Options options) throws IOException {
    this.folder = folder;
    this.options = options;
    this.httpPort = freePort();
    this.backupPort = freePort();
  }

  /**
   * Starts one over what is in the folder, and waits until it answers.
   *
   * @throws IOException if influxd is not installed or does not come up; the sentence names its log
   */
  public static InfluxServer start(Path folder, Options options)
      throws IOException, InterruptedException {
    InfluxServer server = new InfluxServer(folder, options);
    server.start();
    return server;
  }

  /** Starts it again on the same port and data, after {@link #kill} or {@link #close}. */
  public void start() throws IOException, InterruptedException {
    if (isAlive()) {
      throw new IllegalStateException("BUG: influxd is running already");
    }
    Files.createDirectories(folder);
    Path settings = folder.resolve("influxdb.conf");
    Files.writeString(settings, settings());
    process =
        new ProcessBuilder("influxd", "-config", settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    awaitAnswer(process);
  }

  private String settings() {
    Path certificate = options.certificate();
    return """
    reporting-disabled = true
    bind-address = "127.0.0.1:%d"
    [meta]
      dir = "%s"
    [data]
      dir = "%s"
      wal-dir = "%s"
      query-log-enabled = false
    %s
    [monitor]
      store-enabled = false
    [http]
      bind-address = "127.0.0.1:%d"
      log-enabled = false
      auth-enabled = %b
      max-body-size = %d
      https-enabled = %b
      https-certificate = "%s"
    """
        .formatted(
            backupPort,
            folder.resolve("meta"),
            data(),
            folder.resolve("wal"),
            options.compactSoon()
                ? "  cache-snapshot-write-cold-duration = \"2s\"\n"
                    + "  compact-full-write-cold-duration = \"2s\""
                : "",
            httpPort,
            options.login(),
            options.maxBodyBytes(),
            certificate != null,
            certificate == null ? "" : certificate);
  }

  private void awaitAnswer(Process started) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TIME_TO_START.toNanos();
    while (!listens()) {
      if (started.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)
          || System.nanoTime() > deadline) {
        close();
        throw new IOException("influxd did not come up; it says why in " + log() + ".");
      }
    }
  }

  /** It opens its port only when its data are open. */
  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), httpPort), 1_000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Where it answers: {@code http://127.0.0.1:PORT}, or https with a certificate. */
  public String url() {
    return (options.certificate() == null ? "http" : "https") + "://127.0.0.1:" + httpPort;
  }

  public int port() {
    return httpPort;
  }

  /** What it prints, from all its starts. */
  public Path log() {
    return folder.resolve("influxd.log");
  }

  /** Its data files: a folder a database, below it one a retention policy. */
  public Path data() {
    return folder.resolve("data");
  }

  /** Process id of the running server. */
  public long pid() {
    return running().pid();
  }

  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  /**
   * Runs one InfluxQL statement, without a user.
   *
   * @return its JSON answer
   * @throws IOException if it is not answered with 200
   */
  public String query(String statement) throws IOException {
    URI uri = URI.create(url() + "/query");
    HttpURLConnection connection = connection(uri);
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setConnectTimeout(10_000);
    connection.setReadTimeout(60_000);
    String form = "epoch=ms&q=" + URLEncoder.encode(statement, StandardCharsets.UTF_8);
    connection.getOutputStream().write(form.getBytes(StandardCharsets.UTF_8));
    return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private HttpURLConnection connection(URI uri) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    Path certificate = options.certificate();
    if (certificate != null && connection instanceof HttpsURLConnection secure) {
      try {
        secure.setSSLSocketFactory(trusting(certificate));
      } catch (GeneralSecurityException e) {
        throw new IOException("The certificate in " + certificate + " cannot be trusted.", e);
      }
    }
    return connection;
  }

  private static SSLSocketFactory trusting(Path pem) throws IOException, GeneralSecurityException {
    KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
    known.load(null, null);
    try (InputStream in = Files.newInputStream(pem)) {
      Certificate its = CertificateFactory.getInstance("X.509").generateCertificate(in);
      known.setCertificateEntry("influxd", its);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(known);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context.getSocketFactory();
  }

  /** Writes lines of the line protocol, times in milliseconds; answers the HTTP status. */
  public int write(String database, String policy, String lines) throws IOException {
    URI uri = URI.create(url() + "/write?precision=ms&db=" + database + "&rp=" + policy);
    HttpURLConnection connection = connection(uri);
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.getOutputStream().write(lines.getBytes(StandardCharsets.UTF_8));
    return connection.getResponseCode();
  }

  /** Stops it in the middle of what it does, as a stalled disk would; {@link #resume} ends it. */
  public void stall() throws IOException, InterruptedException {
    signal("STOP");
  }

  public void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(pid())).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException("influxd could not be sent " + name + ".");
    }
  }

  /** The same as kill -9. */
  public void kill() throws InterruptedException {
    running().destroyForcibly().waitFor();
  }

  private Process running() {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException("BUG: influxd was not started");
    }
    return running;
  }

  /** Asks it to end, wakes it if it is stalled, and kills it when it does not. */
  @Override
  public void close() {
    Process running = process;
    if (running == null || !running.isAlive()) {
      return;
    }
    try {
      resume();
      running.destroy();
      if (!running.waitFor(TIME_TO_END.toSeconds(), TimeUnit.SECONDS)) {
        running.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      running.destroyForcibly();
    } catch (InterruptedException e) {
      running.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Bytes of the files that hold one database's observations, caches and logs left out. Settled
   * files only are meaningful: see {@link Options#compactSoon}.
   */
  public long bytesOf(String database) throws IOException {
    long[] bytes = new long[1];
    Path place = data().resolve(database);
    if (!Files.isDirectory(place)) {
      return 0;
    }
    Files.walkFileTree(
        place,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.getFileName().toString().endsWith(".tsm")) {
              bytes[0] += attributes.size();
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE; // compaction has replaced it
          }
        });
    return bytes[0];
  }

  /** Names of files in the write-ahead log that hold something: what is not in data files yet. */
  public List<String> log(String database) throws IOException {
    List<String> found = new ArrayList<>();
    Path place = folder.resolve("wal").resolve(database);
    if (Files.isDirectory(place)) {
      try (var files = Files.walk(place)) {
        files
            .filter(file -> file.toString().endsWith(".wal") && file.toFile().length() > 0)
            .forEach(file -> found.add(file.getFileName().toString()));
      }
    }
    return found;
  }

  /**
   * Below the ports that the operating system gives to whoever connects (Linux: from 32768), so
   * that nobody gets it by chance while influxd is away.
   */
  private static int freePort() throws IOException {
    for (int left = PORT_TRIES; ; left--) {
      int port = LOWEST_PORT + NEXT_PORT.getAndIncrement() % PORTS;
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        if (left == 0) {
          throw taken;
        }
      }
    }
  }
}
