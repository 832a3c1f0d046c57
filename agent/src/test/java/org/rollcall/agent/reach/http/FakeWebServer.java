package org.rollcall.agent.reach.http;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A web server on loopback that says, byte by byte, what a test wants. */
final class FakeWebServer implements AutoCloseable {
  private static final int LONGEST_REQUEST = 65_536;

  /** What the server does with a request. */
  @FunctionalInterface
  interface Behaviour {
    /**
     * @param request its head, up to the empty line
     * @param to closed when this returns
     */
    void answer(String request, Socket to) throws IOException;
  }

  private final ServerSocket server;
  private final Behaviour behaviour;
  final List<String> requests = new CopyOnWriteArrayList<>();

  private FakeWebServer(ServerSocket server, Behaviour behaviour) {
    this.server = server;
    this.behaviour = behaviour;
    Thread thread = new Thread(this::serve, "web-server");
    thread.setDaemon(true);
    thread.start();
  }

  static FakeWebServer plain(Behaviour behaviour) throws IOException {
    return new FakeWebServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), behaviour);
  }

  static FakeWebServer secure(X509Bundle certificate, Behaviour behaviour) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(certificate.toKeyManagerFactory().getKeyManagers(), null, new SecureRandom());
    return new FakeWebServer(
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
        behaviour);
  }

  /** Says exactly this and hangs up. */
  static Behaviour says(String text) {
    return (request, to) -> send(to, text);
  }

  static void send(Socket to, String text) throws IOException {
    to.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    to.getOutputStream().flush();
  }

  /** Says nothing more, and waits for the other side to give up. */
  static void waitForTheEnd(Socket of) throws IOException {
    while (of.getInputStream().read() >= 0) {
      // what still comes does not matter
    }
  }

  int port() {
    return server.getLocalPort();
  }

  String address() {
    return "127.0.0.1:" + port();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        String request = head(socket.getInputStream());
        if (request != null) {
          requests.add(request);
          behaviour.answer(request, socket);
        }
      } catch (IOException closed) {
        // ends the loop, or the asker has hung up
      }
    }
  }

  private static @Nullable String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0 || head.length() > LONGEST_REQUEST) {
        return null;
      }
      head.append((char) next);
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
