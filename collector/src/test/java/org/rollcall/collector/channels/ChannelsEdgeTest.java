package org.rollcall.collector.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.rollcall.collector.channels.Delivery.State;
import org.rollcall.collector.channels.Message.Tone;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.registry.SetClock;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;

/** What goes wrong at the edges: restarts, slow servers, hostile names, too much of everything. */
@OnBothDatabases
class ChannelsEdgeTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  private static final Recipient CHEN = new Recipient("陈工", null, "13800000000");
  private static final Recipient WANG = new Recipient("王工", null, "13900000000");

  @TempDir Path folder;
  private final SetClock clock = new SetClock(LocalDate.of(2026, 11, 25), LocalTime.of(9, 0));
  private Database database;
  private StandIn bot;
  private @Nullable HttpServer server;
  private @Nullable Channels channels;

  record Settings(List<ChannelSetting> channels) {}

  @BeforeEach
  void open() throws IOException {
    database = home.open(folder);
    bot = new StandIn(clock, null, null);
  }

  @AfterEach
  void close() {
    if (channels != null) {
      channels.close();
    }
    if (server != null) {
      server.stop(0);
    }
    bot.close();
    database.close();
  }

  private Channels channels(String yaml) throws Exception {
    List<ChannelSetting> settings =
        SettingsReader.read("test", "channels:\n" + yaml, folder, Settings.class).channels();
    Channels made =
        Channels.open(settings, "https://rollcall.example", database, clock, new Random(7));
    channels = made;
    return made;
  }

  private String dingtalk() {
    return "  - {name: bot, kind: dingtalk, url: \""
        + bot.url("/dingtalk?access_token=dingtalk-token")
        + "\"}";
  }

  private void post(Channels to, String key, Tone tone, String title, Recipient... people) {
    Message message =
        new Message(
            key,
            key,
            tone,
            "440307",
            new Words(title, title),
            List.of(new Words("行", "line")),
            "/alerts/1");
    database
        .jdbi()
        .useTransaction(handle -> to.post(handle, Set.of("bot"), List.of(people), message));
  }

  @Test
  void aRestartDoesNotSendFasterThanTheOtherSideTakes() throws Exception {
    Channels before = channels(dingtalk());
    for (int i = 0; i < 20; i++) {
      post(before, "k" + i, Tone.RED, "题" + i);
      before.work();
      clock.advance(Duration.ofMillis(50));
    }
    assertThat(bot.codes).hasSize(20);
    before.close();
    Channels after = channels(dingtalk());
    post(after, "last", Tone.RED, "最后");
    after.work();
    assertThat(bot.codes).hasSize(20);
    clock.advance(Duration.ofSeconds(61));
    after.work();
    assertThat(bot.codes).hasSize(21).containsOnly(0);
    assertThat(bot.texts().get(20)).contains("最后");
  }

  @Test
  void whatTheOtherSideBlocksStaysBlockedAfterARestart() throws Exception {
    for (int i = 0; i < 20; i++) {
      ask(bot.url("/dingtalk?access_token=dingtalk-token"));
    }
    Channels before = channels(dingtalk());
    post(before, "a", Tone.RED, "一");
    before.work();
    assertThat(bot.codes).last().isEqualTo(130_101);
    before.close();
    Channels after = channels(dingtalk());
    post(after, "b", Tone.RED, "二");
    clock.advance(Duration.ofMinutes(9));
    after.work();
    assertThat(bot.codes).as("somebody else's twenty, and one").hasSize(21);
    clock.advance(Duration.ofMinutes(2));
    after.work();
    assertThat(after.log("bot", State.SENT, 9)).hasSize(2);
  }

  /** Somebody else who uses the same bot. */
  private static void ask(String url) throws Exception {
    java.net.http.HttpClient.newHttpClient()
        .send(
            java.net.http.HttpRequest.newBuilder(java.net.URI.create(url))
                .POST(
                    java.net.http.HttpRequest.BodyPublishers.ofString(
                        "{\"markdown\":{\"title\":\"t\",\"text\":\"t\"}}"))
                .build(),
            java.net.http.HttpResponse.BodyHandlers.discarding());
  }

  @Test
  void aTestIsNoWayAroundTheLimit() throws Exception {
    Channels to = channels(dingtalk());
    for (int i = 0; i < 20; i++) {
      assertThat(to.test("bot", List.of())).isEqualTo("ok");
    }
    assertThat(to.test("bot", List.of())).isEqualTo("pace");
    assertThat(bot.codes).hasSize(20).containsOnly(0);
  }

  @Test
  void beyondAThousandTheOldestFail() throws Exception {
    Channels to = channels(dingtalk());
    for (int i = 0; i < DeliveryRows.MOST_WAITING + 2; i++) {
      post(to, "k" + i, Tone.RED, "题" + i);
    }
    List<Delivery> failed = to.log("bot", State.FAILED, 9);
    assertThat(failed).extracting(Delivery::topic).containsExactly("k1", "k0");
    assertThat(failed).extracting(Delivery::reason).containsOnly("too-many");
    assertThat(to.status().get(0).waiting()).isEqualTo(DeliveryRows.MOST_WAITING);
  }

  @Test
  void namesFromTheNetworkAreNoMarkUpAndNoNewLine() throws Exception {
    Channels to = channels(dingtalk());
    post(to, "a", Tone.RED, "交换机 [点我](http://evil.example) <font> @all\r\nBcc: x@evil.example");
    to.work();
    assertThat(bot.texts().get(0).lines().findFirst().orElse(""))
        .isEqualTo("### 交换机 ［点我］(http://evil.example) ＜font＞ ＠all Bcc: x＠evil.example");
  }

  @Test
  void anAnswerThatNeverEndsHoldsNobodyUp() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread drip = new Thread(() -> drip(listening, over), "drip");
      drip.start();
      Channels to =
          channels(
              "  - {name: bot, kind: wecom, timeout: 1s, url: \"http://127.0.0.1:"
                  + listening.getLocalPort()
                  + "/\"}");
      post(to, "a", Tone.RED, "一");
      Instant begun = Instant.now();
      to.work();
      assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(30));
      assertThat(to.log("bot", State.WAITING, 9).get(0).reason()).isEqualTo("timeout");
      over.countDown();
      drip.join(60_000);
      assertThat(drip.isAlive()).isFalse();
    }
  }

  /** Answers a byte now and then, for a minute at most. */
  private static void drip(ServerSocket listening, CountDownLatch over) {
    try (Socket socket = listening.accept();
        OutputStream out = socket.getOutputStream()) {
      out.write(
          "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 300 && !over.await(200, TimeUnit.MILLISECONDS); i++) {
        out.write('x');
        out.flush();
      }
    } catch (IOException | InterruptedException e) {
      Thread.currentThread().interrupt(); // whoever asked has gone
    }
  }

  @Test
  void theEndWaitsForWhatIsBeingSentAndNothingIsSentTwice() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    AtomicInteger requests = new AtomicInteger();
    String url =
        serve(
            body -> {
              requests.incrementAndGet();
              asked.countDown();
              try {
                assertThat(answer.await(60, TimeUnit.SECONDS)).isTrue();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return "{\"errcode\":0}";
            });
    String yaml = "  - {name: bot, kind: wecom, timeout: 60s, url: \"" + url + "\"}";
    Channels to = channels(yaml);
    post(to, "a", Tone.RED, "一");
    to.start();
    assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
    Thread closing = new Thread(to::close, "closing");
    closing.start();
    answer.countDown();
    closing.join(60_000);
    assertThat(closing.isAlive()).isFalse();
    Channels after = channels(yaml);
    after.work();
    assertThat(requests).hasValue(1);
    assertThat(after.log("bot", State.SENT, 9)).hasSize(1);
  }

  private interface Says {
    String to(String body) throws IOException;
  }

  private String serve(Says says) throws IOException {
    HttpServer made =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    made.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          byte[] said = says.to(body).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(said.length == 0 ? 503 : 200, Math.max(said.length, -1));
          exchange.getResponseBody().write(said);
          exchange.close();
        });
    made.start();
    server = made;
    return "http://127.0.0.1:" + made.getAddress().getPort() + "/";
  }

  @Test
  void anSmsThatSomeHaveGoesToTheOthersAloneTheNextTime() throws Exception {
    List<String> sent = new CopyOnWriteArrayList<>();
    AtomicInteger failures = new AtomicInteger(1);
    String url =
        serve(
            body -> {
              if (body.contains("13900000000") && failures.getAndDecrement() > 0) {
                return "";
              }
              sent.add(body);
              return "{}";
            });
    Channels to =
        channels("  - {name: bot, kind: sms, url: \"" + url + "\", sms: {body: \"{mobile}\"}}");
    post(to, "a", Tone.RED, "一", CHEN, WANG);
    to.work();
    assertThat(sent).containsExactly("13800000000");
    assertThat(to.log("bot", State.WAITING, 9)).hasSize(1);
    clock.advance(Duration.ofMinutes(1));
    to.work();
    assertThat(sent).containsExactly("13800000000", "13900000000");
    assertThat(to.log("bot", State.SENT, 9)).hasSize(1);
  }

  @Test
  void aDigestGoesToThoseItWasPostedForAndNobodyElse() throws Exception {
    List<String> sent = new CopyOnWriteArrayList<>();
    String url =
        serve(
            body -> {
              sent.add(body);
              return "{}";
            });
    Channels to =
        channels(
            "  - {name: bot, kind: sms, digest: 1m, url: \""
                + url
                + "\", sms: {body: \"{mobile} {text}\", contentType: text/json}}");
    post(to, "a", Tone.AMBER, "甲", CHEN);
    post(to, "b", Tone.AMBER, "乙", WANG);
    post(to, "c", Tone.AMBER, "丙", CHEN);
    clock.advance(Duration.ofMinutes(1));
    to.work();
    assertThat(sent).containsExactly("13800000000 点到:2 条告警,0 条已恢复", "13900000000 乙");
  }

  @Test
  void anSmsToManyIsSentMinuteByMinute() throws Exception {
    List<String> sent = new CopyOnWriteArrayList<>();
    String url =
        serve(
            body -> {
              sent.add(body);
              return "{}";
            });
    Channels to =
        channels(
            "  - {name: bot, kind: sms, perMinute: 5, url: \""
                + url
                + "\", sms: {body: \"{mobile}\"}}");
    Recipient[] twelve = new Recipient[12];
    for (int i = 0; i < 12; i++) {
      twelve[i] = new Recipient("人" + i, null, String.valueOf(13_800_000_000L + i));
    }
    post(to, "a", Tone.RED, "一", twelve);
    to.work();
    assertThat(sent).hasSize(5);
    assertThat(to.log("bot", State.WAITING, 9).get(0).reason()).isEqualTo("pace");
    clock.advance(Duration.ofSeconds(61));
    to.work();
    assertThat(sent).hasSize(10);
    clock.advance(Duration.ofSeconds(61));
    to.work();
    assertThat(sent).hasSize(12).doesNotHaveDuplicates();
    assertThat(to.log("bot", State.SENT, 9)).hasSize(1);
  }

  @Test
  void anSmsIsNotCutInsideACharacter() throws Exception {
    List<String> sent = new CopyOnWriteArrayList<>();
    String url =
        serve(
            body -> {
              sent.add(body);
              return "{}";
            });
    Channels to =
        channels(
            "  - {name: bot, kind: sms, url: \""
                + url
                + "\", sms: {body: \"{text}\", longest: 20}}");
    post(to, "a", Tone.RED, "a".repeat(18) + "😀bbbb", CHEN);
    to.work();
    assertThat(sent).containsExactly("a".repeat(18) + "…");
  }

  @Test
  void whatCannotStandInARequestIsRefusedOnceAndItsTextIsToldToNobody() throws Exception {
    List<String> settings =
        List.of(
            "  - {name: bot, kind: alertmanager, secret: hidden密, url: \"" + bot.url("/") + "\"}",
            "  - {name: bot, kind: wecom, url: \"" + bot.url("/wecom?key={hidden}") + "\"}",
            "  - {name: bot, kind: sms, secret: hidden密, url: \""
                + bot.url("/")
                + "\", sms: {headers: {X-Key: \"{secret}\"}}}",
            "  - {name: bot, kind: sms, secret: hidden, url: \""
                + bot.url("/")
                + "\", sms: {headers: {Host: \"{secret}\"}}}");
    for (int i = 0; i < settings.size(); i++) {
      Channels to = channels(settings.get(i));
      post(to, "k" + i, Tone.RED, "一", CHEN);
      to.work();
      assertThat(to.log("bot", State.FAILED, 9)).as(settings.get(i)).hasSize(i + 1);
      assertThat(to.log("bot", State.FAILED, 9).get(0).reason()).isEqualTo("bad-request");
      assertThat(to.status().toString()).doesNotContain("hidden");
      to.close();
    }
  }

  @Test
  void aProxyThatIsNoneIsSaidWithItsChannel() {
    for (String proxy : List.of("host", "host:", "host:abc", "host:0", "host:70000")) {
      assertThatThrownBy(() -> channels(dingtalk().replace("}", ", proxy: \"" + proxy + "\"}")))
          .as(proxy)
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("bot: proxy is host:port");
    }
  }

  @Test
  void aTitleThatIsTooLongForABotIsCut() throws Exception {
    Channels to =
        channels("  - {name: bot, kind: wecom, url: \"" + bot.url("/wecom?key=wecom-key") + "\"}");
    post(to, "a", Tone.RED, "题".repeat(3_000));
    post(to, "b", Tone.RED, "题".repeat(3_000), CHEN);
    to.work();
    assertThat(bot.codes).containsExactly(0, 0);
    assertThat(bot.texts().get(0)).contains("题…");
  }

  @Test
  void webhooksAreVerifiedByOpenssl() throws Exception {
    Files.writeString(folder.resolve("signed"), "1700000000.{\"text\":\"线路\"}");
    Process openssl =
        new ProcessBuilder("openssl", "dgst", "-sha256", "-hmac", "hush", "signed")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(openssl.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat("v1=" + said.strip().replaceAll(".*= ", ""))
        .isEqualTo(Signatures.webhook("hush", 1_700_000_000L, "{\"text\":\"线路\"}"));
  }

  @Test
  void aPasswordIsNotSentInTheClear() {
    assertThatThrownBy(
            () ->
                channels(
                    "  - {name: bot, kind: mail, mail: {host: mail.example, port: 25, security: none,"
                        + " user: u, password: hidden, from: a@b.example}}"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("use starttls or tls")
        .hasMessageNotContaining("hidden");
  }
}
