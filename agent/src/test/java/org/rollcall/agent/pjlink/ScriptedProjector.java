package org.rollcall.agent.pjlink;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A port on loopback at which a test talks to the probe byte by byte. One connection after the
 * other, on one thread; whatever the script throws for a lost connection ends that connection only.
 */
final class ScriptedProjector implements AutoCloseable {
  private final ServerSocket socket;
  private final Script script;
  private final Thread thread;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile @Nullable Socket current;

  /** What the projector says and does in one connection, counted from 1. */
  @FunctionalInterface
  interface Script {
    void talk(Talk talk, int connection) throws IOException;
  }

  ScriptedProjector(Script script) throws IOException {
    this.script = script;
    this.socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    this.thread = new Thread(this::serve, "scripted-projector");
    thread.setDaemon(true);
    thread.start();
  }

  /** One that greets without a password and gives the answers in their order, whatever is asked. */
  static ScriptedProjector answering(String... answers) throws IOException {
    return new ScriptedProjector(
        (talk, connection) -> {
          talk.say("PJLINK 0\r");
          for (String answer : answers) {
            if (talk.line() == null) {
              return;
            }
            talk.say(answer);
          }
          talk.untilTheOtherCloses();
        });
  }

  /** Both ends of one connection. */
  final class Talk {
    private final InputStream in;
    private final OutputStream out;

    private Talk(Socket connection) throws IOException {
      in = new BufferedInputStream(connection.getInputStream());
      out = connection.getOutputStream();
    }

    void say(String bytes) throws IOException {
      out.write(bytes.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    /** What was asked, without its CR; null when the other has closed. */
    @Nullable String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int next = in.read(); next != -1; next = in.read()) {
        if (next == '\r') {
          heard.add(line.toString());
          return line.toString();
        }
        line.append((char) next);
      }
      return null;
    }

    void untilTheOtherCloses() throws IOException {
      while (in.read() != -1) {
        // What it still says is of no interest.
      }
    }
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** Every line that came, of all connections. */
  List<String> heard() {
    return new ArrayList<>(heard);
  }

  int connections() {
    return connections.get();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        current = connection;
        script.talk(new Talk(connection), connections.incrementAndGet());
      } catch (IOException lost) {
        // The probe hung up, or the test is over: the next connection shows which.
      }
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
      Socket open = current;
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
