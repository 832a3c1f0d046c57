package org.rollcall.web.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.net.SocketAddress;
import java.util.Random;
import org.rollcall.collector.linetest.ndt7.Ndt7Door;
import org.rollcall.collector.linetest.ndt7.Ndt7Request;
import org.rollcall.collector.linetest.ndt7.Ndt7Request.Direction;
import org.rollcall.collector.linetest.ndt7.Ndt7Socket;
import org.rollcall.collector.linetest.ndt7.Ndt7Test;

/** ndt7 over Vert.x: turns requests into WebSockets and WebSockets into tests. Event loops. */
final class Ndt7Endpoint {
  /** What may wait to be sent on one connection. */
  private static final int QUEUE_BYTES = 4 << 20;

  private final Vertx vertx;
  private final Ndt7Door door;
  private final Buffer noise;

  Ndt7Endpoint(Vertx vertx, Ndt7Door door) {
    this.vertx = vertx;
    this.door = door;
    byte[] bytes = new byte[Ndt7Test.LARGEST_SENT];
    new Random().nextBytes(bytes); // load that lines cannot compress; no secret
    this.noise = Buffer.buffer(bytes);
  }

  /** What a server needs so that its WebSockets can carry tests. */
  static HttpServerOptions allow(HttpServerOptions options) {
    return options
        .addWebSocketSubProtocol(Ndt7Request.SUBPROTOCOL)
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setMaxWebSocketFrameSize(Ndt7Test.LARGEST_RECEIVED)
        .setMaxWebSocketMessageSize(Ndt7Test.LARGEST_RECEIVED);
  }

  /** Answers a request for a test. */
  void handle(HttpServerRequest request, Direction direction) {
    Ndt7Door.Answer answer =
        door.ask(direction, request.query(), request.getHeader("sec-websocket-protocol"));
    if (answer instanceof Ndt7Door.Answer.Welcome welcome) {
      begin(request, welcome.request());
    } else if (answer instanceof Ndt7Door.Answer.Refused refused) {
      request
          .response()
          .setStatusCode(refused.status())
          .putHeader("content-type", "text/plain; charset=utf-8")
          .end(refused.sentence() + "\n");
    }
  }

  private void begin(HttpServerRequest request, Ndt7Request asked) {
    request
        .toWebSocket()
        .onSuccess(socket -> begin(socket, asked))
        .onFailure(
            refused -> {
              door.ended();
              if (!request.response().ended()) {
                request.response().setStatusCode(400).end();
              }
            });
  }

  private void begin(ServerWebSocket socket, Ndt7Request asked) {
    socket.setWriteQueueMaxSize(QUEUE_BYTES);
    Ndt7Test test =
        door.begin(
            asked,
            new Connection(socket),
            shown(socket.remoteAddress()),
            shown(socket.localAddress()));
    boolean[] text = {false};
    socket.frameHandler(frame -> take(test, frame, text));
    socket.exceptionHandler(lost -> test.closed());
    socket.closeHandler(
        closed -> {
          test.closed();
          door.ended();
        });
    test.begin();
  }

  /**
   * @param text whether the message under way is text
   */
  private static void take(Ndt7Test test, WebSocketFrame frame, boolean[] text) {
    if (frame.isText()) {
      text[0] = true;
      test.text(frame.binaryData().length());
    } else if (frame.isBinary()) {
      text[0] = false;
      test.binary(frame.binaryData().length(), true);
    } else if (frame.isContinuation() && !text[0]) {
      test.binary(frame.binaryData().length(), false);
    }
  }

  private static String shown(SocketAddress address) {
    return address.hostAddress() + ":" + address.port();
  }

  /** A test's WebSocket. */
  private final class Connection implements Ndt7Socket {
    private final ServerWebSocket socket;

    Connection(ServerWebSocket socket) {
      this.socket = socket;
    }

    @Override
    public boolean full() {
      return socket.writeQueueFull();
    }

    @Override
    public void whenDrained(Runnable then) {
      socket.drainHandler(
          drained -> {
            socket.drainHandler(null);
            then.run();
          });
    }

    @Override
    public void sendLoad(int bytes) {
      Buffer load = bytes == noise.length() ? noise : noise.slice(0, bytes);
      socket.writeFinalBinaryFrame(load);
    }

    @Override
    public void sendText(String text) {
      socket.writeFinalTextFrame(text);
    }

    @Override
    public void close(int code, String reason) {
      socket.close((short) code, reason);
    }

    @Override
    public void abort() {
      socket.close();
    }

    @Override
    public void after(long millis, Runnable then) {
      if (millis == 0) {
        vertx.runOnContext(now -> then.run());
      } else {
        vertx.setTimer(millis, timer -> then.run());
      }
    }
  }
}
