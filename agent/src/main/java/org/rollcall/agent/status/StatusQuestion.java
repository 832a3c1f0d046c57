package org.rollcall.agent.status;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks a running agent's status page, as {@code agent status} does. */
public final class StatusQuestion {
  private static final int MILLIS = 10_000;
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  private StatusQuestion() {}

  /**
   * The page's body.
   *
   * @param path {@code /status.json}, {@code /status.txt?lang=zh}
   * @throws IOException when nothing answers on the port, or what answers is no agent
   */
  public static String ask(int port, String path) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(StatusPage.loopback(), port), MILLIS);
      socket.setSoTimeout(MILLIS);
      socket
          .getOutputStream()
          .write(("GET " + path + " HTTP/1.0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      InputStream in = socket.getInputStream();
      String answer = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
      int body = answer.indexOf("\r\n\r\n");
      if (!answer.startsWith("HTTP/1.1 200 ") || body < 0) {
        throw new IOException("what answers there is no Rollcall agent");
      }
      return answer.substring(body + 4);
    }
  }
}
