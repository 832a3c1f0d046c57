package org.rollcall.protocol.paced;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the open port does with words that no test of ours says. */
class PacedStrangersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final byte[] TOKEN = new byte[Datagrams.TOKEN_BYTES];
  private static final Grant GRANT = new Grant(1_000_000, 20_000, 0);

  private final AtomicInteger asked = new AtomicInteger();
  private final PacedServer server =
      new PacedServer(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          token -> asked.incrementAndGet() == 1 && Arrays.equals(token, TOKEN) ? GRANT : null,
          new SecureRandom(),
          Clock.systemUTC());

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private DatagramSocket socket() throws IOException {
    DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    socket.connect(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void say(DatagramSocket socket, ByteBuffer words) throws IOException {
    byte[] bytes = new byte[words.remaining()];
    words.get(bytes);
    socket.send(new DatagramPacket(bytes, bytes.length));
  }

  private static ByteBuffer hear(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
    socket.receive(packet);
    return ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
  }

  private static ByteBuffer hello(long nonce, byte[] cookie) {
    return new Datagrams.Hello(nonce, TOKEN, cookie)
        .write(ByteBuffer.allocate(Datagrams.HELLO_BYTES));
  }

  private static Datagrams.Cookie cookie(DatagramSocket socket) throws IOException {
    say(socket, hello(7, new byte[Datagrams.COOKIE_BYTES]));
    ByteBuffer answer = hear(socket);
    assertThat(answer.remaining()).isLessThan(Datagrams.HELLO_BYTES);
    assertThat(Datagrams.kind(answer)).isEqualTo(Datagrams.Kind.COOKIE);
    return Datagrams.Cookie.read(answer);
  }

  @Test
  void aStrangerGetsLessThanItSentAndTakesNoToken() throws Exception {
    try (DatagramSocket socket = socket()) {
      for (int i = 0; i < 50; i++) {
        cookie(socket);
      }
    }
    assertThat(server.counts().bytesOut()).isLessThanOrEqualTo(50L * Datagrams.HELLO_BYTES);
    assertThat(server.counts().hellos()).isEqualTo(50);
    assertThat(asked).hasValue(0);
  }

  @Test
  void aCookieOfAnotherAddressIsWorthNothing() throws Exception {
    try (DatagramSocket one = socket();
        DatagramSocket other = socket()) {
      byte[] stolen = cookie(one).cookie();
      say(other, hello(9, stolen));
      assertThat(Datagrams.kind(hear(other))).isEqualTo(Datagrams.Kind.COOKIE);
    }
    assertThat(asked).hasValue(0);
    assertThat(server.counts().begun()).isZero();
  }

  @Test
  void aTokenInUseIsRefusedToAnotherAddress() throws Exception {
    try (DatagramSocket one = socket();
        DatagramSocket other = socket()) {
      say(one, hello(7, cookie(one).cookie()));
      assertThat(Datagrams.kind(hear(one))).isEqualTo(Datagrams.Kind.READY);
      say(other, hello(7, cookie(other).cookie()));
      assertThat(Datagrams.kind(hear(other))).isEqualTo(Datagrams.Kind.REFUSED);
    }
  }

  @Test
  void nothingIsSentBeforeTheClientSaysThatItListens() throws Exception {
    try (DatagramSocket socket = socket()) {
      say(socket, hello(7, cookie(socket).cookie()));
      assertThat(Datagrams.kind(hear(socket))).isEqualTo(Datagrams.Kind.READY);
      say(socket, hello(7, cookie(socket).cookie()));
      assertThat(Datagrams.kind(hear(socket))).isEqualTo(Datagrams.Kind.READY);
      await().atMost(PATIENCE).until(() -> server.counts().ended() == 1);
      assertThat(server.counts().bytesOut()).isLessThan(4L * Datagrams.HELLO_BYTES);
    }
  }

  @Test
  void aSessionIsNotSteeredFromAnotherAddress() throws Exception {
    try (DatagramSocket one = socket();
        DatagramSocket other = socket()) {
      say(one, hello(7, cookie(one).cookie()));
      ByteBuffer answer = hear(one);
      assertThat(Datagrams.kind(answer)).isEqualTo(Datagrams.Kind.READY);
      Datagrams.Ready ready = Objects.requireNonNull(Datagrams.Ready.read(answer));
      say(other, new Datagrams.Alive(ready.session(), 0, false).write(ByteBuffer.allocate(128)));
      await().atMost(PATIENCE).until(() -> server.counts().strange() == 1);
      other.setSoTimeout(200);
      assertThatThrownBy(() -> hear(other)).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void garbageAndTruncatedDatagramsAreCountedAndNotAnswered() throws Exception {
    Random dice = new Random(20260901);
    int sent = 300;
    try (DatagramSocket socket = socket()) {
      byte[] whole = new byte[Datagrams.HELLO_BYTES];
      hello(1, new byte[Datagrams.COOKIE_BYTES]).get(whole);
      for (int i = 0; i < sent; i++) {
        byte[] bytes;
        if (i % 2 == 0) {
          bytes = new byte[dice.nextInt(1_500)];
          dice.nextBytes(bytes);
        } else {
          bytes = Arrays.copyOf(whole, dice.nextInt(whole.length));
        }
        socket.send(new DatagramPacket(bytes, bytes.length));
        if (i % 50 == 49) {
          int until = i + 1;
          await().atMost(PATIENCE).until(() -> server.counts().datagramsIn() == until);
        }
      }
      assertThat(server.counts().strange()).isEqualTo(sent);
      assertThat(server.counts().bytesOut()).isZero();
      cookie(socket);
    }
  }
}
