package org.rollcall.simulator.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.simulator.faults.FaultyLine.Mode;

class FaultyLineTest {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int BRIEFLY_MILLIS = 300;

  private ServerSocket echo;
  private FaultyLine line;

  @BeforeEach
  void openLineToAnEcho() throws IOException {
    echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread server = new Thread(this::serve, "echo");
    server.setDaemon(true);
    server.start();
    line =
        new FaultyLine(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), echo.getLocalPort()), 0, 5);
    line.start();
  }

  @AfterEach
  void closeBoth() throws IOException {
    line.close();
    echo.close();
  }

  private void serve() {
    while (!echo.isClosed()) {
      try {
        Socket socket = echo.accept();
        Thread thread = new Thread(() -> answer(socket), "echo-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void answer(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      // The line broke, which is what it is for.
    }
  }

  private Socket call() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), line.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private static String hear(Socket socket, int length) throws IOException {
    return new String(socket.getInputStream().readNBytes(length), US_ASCII);
  }

  @Test
  void bytesPassBothWays() throws IOException {
    try (Socket socket = call()) {
      say(socket, "hello");
      assertThat(hear(socket, 5)).isEqualTo("hello");
      assertThat(line.connections()).isEqualTo(1);
    }
    await().atMost(Duration.ofMinutes(1)).until(() -> line.connections() == 0);
  }

  @Test
  void aCutLineBreaksConnectionsAndTakesNoneUntilItIsMended() throws IOException {
    try (Socket socket = call()) {
      say(socket, "a");
      assertThat(hear(socket, 1)).isEqualTo("a");
      line.mode(Mode.CUT);
      assertThatThrownBy(() -> hear(socket, 1)).isInstanceOf(IOException.class);
    }
    try (Socket socket = call()) {
      assertThatThrownBy(
              () -> {
                if (socket.getInputStream().read() < 0) {
                  throw new IOException("closed at once");
                }
              })
          .isInstanceOf(IOException.class);
    }
    line.mode(Mode.PASS);
    bytesPassBothWays();
  }

  @Test
  void aStalledLineHoldsBytesAndLosesNone() throws IOException {
    try (Socket socket = call()) {
      line.mode(Mode.STALL);
      say(socket, "held");
      socket.setSoTimeout(BRIEFLY_MILLIS);
      assertThatThrownBy(() -> hear(socket, 4)).isInstanceOf(SocketTimeoutException.class);
      line.mode(Mode.PASS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      assertThat(hear(socket, 4)).isEqualTo("held");
    }
  }

  @Test
  void aSlowLinePassesEverythingInItsTime() throws IOException {
    try (Socket socket = call()) {
      line.mode(Mode.SLOW);
      String text = "0123456789".repeat(200);
      long began = System.nanoTime();
      say(socket, text);
      assertThat(hear(socket, text.length())).isEqualTo(text);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(150));
    }
  }

  @Test
  void aCorruptLineSpoilsSomeBits() throws IOException {
    try (Socket socket = call()) {
      line.mode(Mode.CORRUPT);
      int spoiled = 0;
      for (int i = 0; i < 50; i++) {
        say(socket, "0123456789");
        spoiled += hear(socket, 10).equals("0123456789") ? 0 : 1;
      }
      assertThat(spoiled).isBetween(5, 49);
    }
  }

  @Test
  void aHalfOpenLineTellsOneSideOnly() throws IOException {
    try (Socket socket = call()) {
      say(socket, "a");
      assertThat(hear(socket, 1)).isEqualTo("a");
      line.mode(Mode.HALF_OPEN);
      say(socket, "lost");
      socket.setSoTimeout(BRIEFLY_MILLIS);
      assertThatThrownBy(() -> hear(socket, 1)).isInstanceOf(SocketTimeoutException.class);
      line.mode(Mode.PASS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      assertThatThrownBy(() -> hear(socket, 1)).isInstanceOf(IOException.class);
    }
    bytesPassBothWays();
  }
}
