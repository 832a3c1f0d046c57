package org.rollcall.agent.reach.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.rollcall.agent.reach.Looks.assertDown;
import static org.rollcall.agent.reach.Looks.assertUp;
import static org.rollcall.agent.reach.Looks.entry;
import static org.rollcall.agent.reach.Looks.look;
import static org.rollcall.agent.reach.http.FakeWebServer.says;
import static org.rollcall.agent.reach.http.FakeWebServer.send;
import static org.rollcall.agent.reach.http.FakeWebServer.waitForTheEnd;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.agent.reach.http.FakeWebServer.Behaviour;
import org.rollcall.protocol.v1.Observation;

class HttpProbeTest {
  private static final EventLoopGroup LOOPS =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private static final Clock CLOCK = Clock.systemUTC();
  private static final NameLookup NAMES = new NameLookup(CLOCK);

  /** For looks that end by an answer. */
  private static final Duration LONG = Duration.ofSeconds(50);

  /** For looks that end by there being none. */
  private static final Duration SHORT = Duration.ofMillis(700);

  private static final String GOOD = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  @AfterAll
  static void stop() {
    LOOPS.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    NAMES.close();
  }

  private static HttpProbes family(Duration patience) {
    return new HttpProbes(
        LOOPS,
        NAMES,
        CLOCK,
        () -> {
          throw new AssertionError("nobody needs certificate authorities");
        },
        patience);
  }

  private static Observation ask(String address, Duration patience, String... options) {
    String[] all = Arrays.copyOf(options, options.length + 2);
    all[options.length] = "tls";
    all[options.length + 1] = "false";
    return look(family(patience).probe(entry("http", "service:research", address, all)));
  }

  private static Observation ask(Behaviour behaviour, Duration patience, String... options)
      throws IOException {
    try (FakeWebServer server = FakeWebServer.plain(behaviour)) {
      return ask(server.address(), patience, options);
    }
  }

  @Test
  void aGoodPageIsUp() throws IOException {
    try (FakeWebServer server = FakeWebServer.plain(says(GOOD))) {
      Observation seen = ask(server.address(), LONG, "path", "/login?from=a", "host", "edu.test");
      assertUp(seen);
      assertThat(seen.getMeasuresMap()).containsEntry("statusCode", 200.0).hasSize(3);
      assertThat(seen.getMeasuresOrThrow("responseMillis")).isBetween(0.0, 50_000.0);
      assertThat(server.requests).hasSize(1);
      assertThat(server.requests.get(0))
          .startsWith("GET /login?from=a HTTP/1.1\r\n")
          .containsIgnoringCase("\r\nhost: edu.test:" + server.port() + "\r\n")
          .containsIgnoringCase("\r\nconnection: close\r\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"404, ,false", "500, ,false", "304, ,true", "401,'200,401',true", "200,204,false"})
  void theStatusIsExpectedOrBad(int code, String expected, boolean good) throws IOException {
    Behaviour page = says("HTTP/1.1 " + code + " So\r\nContent-Length: 0\r\n\r\n");
    Observation seen =
        expected == null ? ask(page, LONG) : ask(page, LONG, "expectStatus", expected);
    if (good) {
      assertUp(seen);
    } else {
      assertDown(seen, "bad-status");
      assertThat(seen.getMeasuresMap()).containsKey("responseMillis");
    }
    assertThat(seen.getMeasuresMap()).containsEntry("statusCode", (double) code);
  }

  @Test
  void thePageMustHoldTheText() throws IOException {
    assertUp(ask(says(GOOD), LONG, "contains", "ello"));
    assertDown(ask(says(GOOD), LONG, "contains", "Hello"), "content-missing");
    assertDown(
        ask(says("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), LONG, "contains", "x"),
        "content-missing");
  }

  @Test
  void aTextThatComesInPiecesIsFound() throws IOException {
    assertUp(
        ask(
            (request, to) -> {
              to.setTcpNoDelay(true);
              send(to, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              for (byte piece : "xx数字教育".getBytes(StandardCharsets.UTF_8)) {
                to.getOutputStream().write(new byte[] {'1', '\r', '\n', piece, '\r', '\n'});
                to.getOutputStream().flush();
              }
              waitForTheEnd(to);
            },
            LONG,
            "contains",
            "数字教育"));
  }

  @Test
  void aTextIsLookedForInThePagesOwnCharacters() throws IOException {
    assertUp(
        ask(
            (request, to) -> {
              send(to, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=GBK\r\n\r\n");
              to.getOutputStream().write("资源平台".getBytes(Charset.forName("GBK")));
            },
            LONG,
            "contains",
            "资源"));
  }

  @Test
  void aPageWithoutEndIsReadSoFarAndNoFurther() throws IOException {
    AtomicLong sent = new AtomicLong();
    Observation seen =
        ask(
            (request, to) -> {
              send(to, "HTTP/1.1 200 OK\r\n\r\n");
              byte[] much = new byte[8192];
              while (sent.addAndGet(much.length) < 1L << 30) {
                to.getOutputStream().write(much);
              }
            },
            LONG,
            "contains",
            "never");
    assertDown(seen, "content-missing");
    assertThat(sent).hasValueLessThan(1L << 30);
  }

  @Test
  void headersWithoutEndAreABadAnswer() throws IOException {
    assertDown(
        ask(
            (request, to) -> {
              send(to, "HTTP/1.1 200 OK\r\n");
              for (int i = 0; i < 10_000; i++) {
                send(to, "X-" + i + ": more\r\n");
              }
              waitForTheEnd(to);
            },
            LONG),
        "bad-answer");
  }

  @Test
  void headersThatNeverComeToAnEndAreATimeout() throws IOException {
    assertDown(
        ask(
            (request, to) -> {
              send(to, "HTTP/1.1 200 OK\r\nContent-");
              waitForTheEnd(to);
            },
            SHORT),
        "timeout");
  }

  @Test
  void silenceIsATimeout() throws IOException {
    assertDown(ask((request, to) -> waitForTheEnd(to), SHORT), "timeout");
  }

  @Test
  void aPageThatStopsHalfwayIsATimeoutWhenItsTextIsWanted() throws IOException {
    Behaviour half =
        (request, to) -> {
          send(to, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhel");
          waitForTheEnd(to);
        };
    assertUp(ask(half, LONG));
    assertDown(ask(half, SHORT, "contains", "hello"), "timeout");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 20", "HTTP/1.1 200 OK\r\nContent-Le"})
  void whoHangsUpMidLineIsNamed(String beginning) throws IOException {
    assertDown(ask(says(beginning), LONG), "hung-up");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"220 mail.test ESMTP\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n\r\n", "\u0000\u0001\r\n"})
  void whoSpeaksAnotherLanguageIsNoWebsite(String words) throws IOException {
    Observation seen = ask(says(words), LONG);
    assertThat(seen.getMeasuresMap()).containsEntry("up", 0.0);
    assertThat(seen.getReason()).isIn("bad-answer", "hung-up", "bad-status");
  }

  @Test
  void redirectionsAreFollowed() throws IOException {
    try (FakeWebServer server =
        FakeWebServer.plain(
            (request, to) -> {
              if (request.startsWith("GET / ")) {
                send(to, "HTTP/1.1 302 Found\r\nLocation: /a?b=c\r\n\r\n");
              } else if (request.startsWith("GET /a?b=c ")) {
                send(
                    to,
                    "HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:@/d\r\n\r\n"
                        .replace("@", Integer.toString(to.getLocalPort())));
              } else {
                send(to, GOOD);
              }
            })) {
      Observation seen = ask(server.address(), LONG, "contains", "hello");
      assertUp(seen);
      assertThat(seen.getMeasuresMap()).containsEntry("statusCode", 200.0);
      assertThat(server.requests)
          .extracting(request -> request.substring(0, request.indexOf(" HTTP")))
          .containsExactly("GET /", "GET /a?b=c", "GET /d");
    }
  }

  @Test
  void aCircleOfRedirectionsIsLeft() throws IOException {
    try (FakeWebServer server =
        FakeWebServer.plain(says("HTTP/1.1 302 Found\r\nLocation: /again\r\n\r\n"))) {
      assertDown(ask(server.address(), LONG), "redirect-loop");
      assertThat(server.requests).hasSize(1 + HttpLook.REDIRECTIONS);
    }
  }

  @Test
  void aRedirectionThatIsExpectedIsNotFollowed() throws IOException {
    try (FakeWebServer server =
        FakeWebServer.plain(says("HTTP/1.1 302 Found\r\nLocation: /login\r\n\r\n"))) {
      assertUp(ask(server.address(), LONG, "expectStatus", "302"));
      assertThat(server.requests).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://127.0.0.1/", "javascript:alert(1)", "http://", "//:99999/", "http://a b/"})
  void aRedirectionToNowhereIsNamed(String location) throws IOException {
    assertDown(
        ask(says("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\n\r\n"), LONG),
        "bad-redirect");
  }

  @Test
  void anInterimResponseIsNotTheAnswer() throws IOException {
    assertUp(ask(says("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + GOOD), LONG));
  }

  @Test
  void aClosedPortIsRefused() throws IOException {
    try (Socket held = new Socket()) {
      held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      assertDown(ask("127.0.0.1:" + held.getLocalPort(), LONG), "refused");
    }
  }

  @Test
  void aNameNobodyKnowsIsAnUnknownHost() {
    assertDown(ask("no-such-host.invalid:80", LONG), "unknown-host");
  }

  @Test
  void everyLookEndsWithItsConnectionClosed() throws IOException {
    AtomicLong closed = new AtomicLong();
    try (FakeWebServer server =
        FakeWebServer.plain(
            (request, to) -> {
              send(to, GOOD);
              waitForTheEnd(to);
              closed.incrementAndGet();
            })) {
      for (int look = 1; look <= 3; look++) {
        assertUp(ask(server.address(), LONG));
      }
      await().until(() -> closed.get() == 3);
    }
  }

  @Test
  void entriesThatCannotBeAreRefused() {
    HttpProbes probes = family(LONG);
    assertThatThrownBy(() -> probes.probe(entry("http", "link:wan", "a.test")))
        .hasMessage("link:wan cannot be seen by http: name a service or a reach");
    assertThatThrownBy(
            () -> probes.probe(entry("http", "reach:a", "a.test", "expectStatus", "200-99")))
        .hasMessage("reach:a: '200-99' is no status code: write 200, 200-399 or 200,401");
    assertThatThrownBy(() -> probes.probe(entry("http", "reach:a", "a.test", "path", "login")))
        .hasMessageStartingWith("reach:a: path 'login' must begin with /");
    assertThatThrownBy(() -> probes.probe(entry("http", "reach:a", "a.test", "path", "/a\r\nX: y")))
        .hasMessageContaining("must begin with /");
    assertThatThrownBy(
            () -> probes.probe(entry("http", "reach:a", "a.test", "host", "a.test\r\nX: y")))
        .hasMessageContaining("is no host name");
    assertThatThrownBy(() -> probes.probe(entry("http", "reach:a", "a.test", "tls", "no")))
        .hasMessage("reach:a: tls must be true or false");
    assertThatThrownBy(() -> probes.probe(entry("http", "reach:a", "a.test", "url", "x")))
        .hasMessageStartingWith("reach:a has the unknown setting 'url'");
  }
}
