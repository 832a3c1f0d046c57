package org.rollcall.collector.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
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

/** Bots, webhooks and an SMS gateway on loopback, by a clock that the test sets. */
@OnBothDatabases
class ChannelsTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  @TempDir Path folder;
  private final SetClock clock = new SetClock(LocalDate.of(2026, 11, 25), LocalTime.of(9, 0));
  private Database database;
  private @Nullable StandIn bot;
  private @Nullable Channels channels;
  private int posted;

  record Settings(List<ChannelSetting> channels) {}

  @BeforeEach
  void open() {
    database = home.open(folder);
  }

  @AfterEach
  void close() {
    if (channels != null) {
      channels.close();
    }
    if (bot != null) {
      bot.close();
    }
    database.close();
  }

  private StandIn bot(@Nullable String secret, @Nullable String keyword) throws Exception {
    StandIn made = new StandIn(clock, secret, keyword);
    bot = made;
    return made;
  }

  private Channels channels(String yaml) throws Exception {
    List<ChannelSetting> settings =
        SettingsReader.read("test", "channels:\n" + yaml, folder, Settings.class).channels();
    Channels made =
        Channels.open(settings, "https://rollcall.example", database, clock, new Random(7));
    channels = made;
    return made;
  }

  private Message message(String topic, Tone tone, String title) {
    posted++;
    return new Message(
        "alert:" + posted,
        topic,
        tone,
        "440307",
        new Words(title, title + " (en)"),
        List.of(new Words("线路 wan 的端口已断开。", "The port of the line wan is down.")),
        "/alerts/" + posted);
  }

  private void post(Channels to, Message message, Recipient... people) {
    database
        .jdbi()
        .useTransaction(handle -> to.post(handle, Set.of("bot"), List.of(people), message));
  }

  private static final Recipient CHEN = new Recipient("陈工", null, "13800000000");

  @Test
  void dingtalkIsSignedCallsPeopleAndHoldsTheKeyword() throws Exception {
    StandIn its = bot("SECtest0000", "点到");
    Files.writeString(folder.resolve("secret"), "SECtest0000\n");
    Channels to =
        channels(
            "  - {name: bot, kind: dingtalk, url: \""
                + its.url("/dingtalk?access_token=dingtalk-token")
                + "\", secret: \"file:secret\", keyword: 点到}");
    post(to, message("a", Tone.RED, "线路中断:第一小学"), CHEN);
    to.work();
    assertThat(its.codes).containsExactly(0);
    assertThat(its.texts().get(0))
        .startsWith("### 线路中断:第一小学 [点到]\n- 线路 wan 的端口已断开。")
        .contains("[打开页面](https://rollcall.example/alerts/1)")
        .endsWith("@13800000000");
    assertThat(to.log(null, null, 10))
        .singleElement()
        .extracting(Delivery::state)
        .isEqualTo(State.SENT);
  }

  @Test
  void feishuIsSignedAndACard() throws Exception {
    StandIn its = bot("demo", null);
    Channels to =
        channels(
            "  - {name: bot, kind: feishu, language: en, secret: demo, url: \""
                + its.url("/feishu")
                + "\"}");
    post(to, message("a", Tone.AMBER, "时断时续"), CHEN);
    to.work();
    assertThat(its.codes).containsExactly(0);
    assertThat(its.taken.get(0).body().path("card").path("header").path("template").asText())
        .isEqualTo("orange");
    assertThat(its.texts().get(0)).contains("时断时续 (en)", "The port of the line wan is down.", "陈工");
  }

  @Test
  void wecomCallsPeopleInATextAndElseSendsMarkdown() throws Exception {
    StandIn its = bot(null, null);
    Channels to =
        channels("  - {name: bot, kind: wecom, url: \"" + its.url("/wecom?key=wecom-key") + "\"}");
    post(to, message("a", Tone.RED, "一"), CHEN);
    post(to, message("b", Tone.RED, "二"));
    to.work();
    assertThat(its.codes).containsExactly(0, 0);
    assertThat(its.taken.get(0).body().path("text").path("mentioned_mobile_list").path(0).asText())
        .isEqualTo("13800000000");
    assertThat(its.texts().get(1)).startsWith("# <font color=\"warning\">二</font>");
  }

  @Test
  void aWrongSecretIsAFailureAlthoughTheBotSays200() throws Exception {
    StandIn its = bot("SECtest0000", null);
    Channels to =
        channels(
            "  - {name: bot, kind: dingtalk, secret: wrong, url: \""
                + its.url("/dingtalk?access_token=dingtalk-token")
                + "\"}");
    post(to, message("a", Tone.RED, "一"));
    to.work();
    to.work();
    assertThat(its.codes).as("asked once: the same again would be refused again").hasSize(1);
    Delivery failed = to.log("bot", State.FAILED, 10).get(0);
    assertThat(failed.reason()).isEqualTo("dingtalk-310000");
    assertThat(to.status().get(0).failed()).isOne();
  }

  @Test
  void theBotsLimitIsNeverReachedAndNothingIsLost() throws Exception {
    StandIn its = bot(null, null);
    Channels to =
        channels(
            "  - {name: bot, kind: dingtalk, url: \""
                + its.url("/dingtalk?access_token=dingtalk-token")
                + "\"}");
    for (int i = 0; i < 100; i++) {
      post(to, message("t" + i, Tone.RED, "告警" + i));
      to.work();
      clock.advance(Duration.ofMillis(200));
    }
    for (int i = 0; i < 100; i++) {
      to.work();
      clock.advance(Duration.ofSeconds(2));
    }
    assertThat(its.codes).containsOnly(0);
    String all = String.join("\n", its.texts());
    for (int i = 0; i < 100; i++) {
      assertThat(all).contains("告警" + i);
    }
    assertThat(to.log("bot", State.SENT, 200)).hasSize(100);
  }

  @Test
  void whatPassesIsTriedAgainAndOnlyThen() throws Exception {
    StandIn its = bot(null, null);
    its.unwell = 2;
    its.babbling = 1;
    Channels to =
        channels("  - {name: bot, kind: wecom, url: \"" + its.url("/wecom?key=wecom-key") + "\"}");
    post(to, message("a", Tone.RED, "一"));
    to.work();
    to.work();
    assertThat(its.unwell).as("not before its pause is over").isEqualTo(1);
    assertThat(to.log(null, null, 9).get(0).reason()).isEqualTo("http-503");
    int rounds = 0;
    while (its.taken.isEmpty() && rounds < 100) {
      clock.advance(Duration.ofSeconds(5));
      to.work();
      rounds++;
    }
    assertThat(rounds).as("10 s, 20 s, 40 s, each less a quarter at most").isBetween(10, 16);
    assertThat(to.log(null, null, 9).get(0).attempts()).isEqualTo(4);
  }

  @Test
  void aRestartNeitherRepeatsNorForgets() throws Exception {
    StandIn its = bot(null, null);
    String yaml = "  - {name: bot, kind: wecom, url: \"" + its.url("/wecom?key=wecom-key") + "\"}";
    Channels before = channels(yaml);
    Message first = message("a", Tone.RED, "一");
    post(before, first);
    before.work();
    post(before, message("b", Tone.RED, "二"));
    before.close();
    Channels after = channels(yaml);
    post(after, first);
    after.work();
    assertThat(its.texts()).hasSize(2);
    assertThat(its.texts().get(1)).contains("二");
  }

  @Test
  void whatIsNotCommittedIsNotSent() throws Exception {
    StandIn its = bot(null, null);
    Channels to =
        channels("  - {name: bot, kind: wecom, url: \"" + its.url("/wecom?key=wecom-key") + "\"}");
    assertThatThrownBy(
            () ->
                database
                    .jdbi()
                    .useTransaction(
                        handle -> {
                          to.post(handle, Set.of("bot"), List.of(), message("a", Tone.RED, "一"));
                          throw new IllegalStateException("no");
                        }))
        .hasMessage("no");
    to.work();
    assertThat(its.taken).isEmpty();
  }

  @Test
  void aDigestHoldsEachTopicOnceAndNothingThatIsOverUntold() throws Exception {
    StandIn its = bot(null, null);
    Channels to =
        channels(
            "  - {name: bot, kind: wecom, digest: 2m, url: \""
                + its.url("/wecom?key=wecom-key")
                + "\"}");
    post(to, message("a", Tone.AMBER, "甲"));
    post(to, message("b", Tone.AMBER, "乙"));
    post(to, message("c", Tone.AMBER, "丙"));
    post(to, message("c", Tone.GREEN, "丙恢复"));
    to.work();
    assertThat(its.taken).isEmpty();
    clock.advance(Duration.ofMinutes(2));
    to.work();
    assertThat(its.texts()).hasSize(1);
    assertThat(its.texts().get(0)).contains("2 条告警,0 条已恢复", "- 甲", "- 乙").doesNotContain("丙");
    post(to, message("a", Tone.GREEN, "甲恢复"));
    clock.advance(Duration.ofMinutes(3));
    to.work();
    assertThat(its.texts().get(1)).contains("甲恢复");
    post(to, message("d", Tone.RED, "丁"));
    to.work();
    assertThat(its.texts()).as("red waits for no digest").hasSize(3);
  }

  @Test
  void aLongDigestIsCutAtALineAndSaysHowManyMore() throws Exception {
    StandIn its = bot(null, null);
    Channels to =
        channels(
            "  - {name: bot, kind: wecom, digest: 1m, url: \""
                + its.url("/wecom?key=wecom-key")
                + "\"}");
    for (int i = 0; i < 150; i++) {
      post(to, message("t" + i, Tone.AMBER, "线路中断:第" + i + "小学(平湖街道)"));
    }
    clock.advance(Duration.ofMinutes(1));
    to.work();
    assertThat(its.codes).containsExactly(0);
    assertThat(its.texts().get(0)).containsPattern("另有 \\d+ 条");
  }

  @Test
  void aWebhookIsSignedAndAnSmsGatewayIsAskedAsItsTemplateSays() throws Exception {
    List<String> got = new ArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          got.add(exchange.getRequestURI() + " " + body);
          String time = exchange.getRequestHeaders().getFirst("X-Rollcall-Timestamp");
          if (time != null) {
            String sign = exchange.getRequestHeaders().getFirst("X-Rollcall-Signature");
            got.add(
                String.valueOf(
                    Signatures.webhook("hush", Long.parseLong(time), body).equals(sign)));
          }
          byte[] said = "{\"code\":\"0\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, said.length);
          exchange.getResponseBody().write(said);
          exchange.close();
        });
    server.start();
    try {
      String at = "http://127.0.0.1:" + server.getAddress().getPort();
      Channels to =
          channels(
              "  - {name: bot, kind: webhook, secret: hush, url: \""
                  + at
                  + "/hook\"}\n"
                  + "  - {name: sms, kind: sms, secret: key1, url: \""
                  + at
                  + "/send?to={mobile}\", sms: {body: '{\"text\":\"{text}\",\"k\":\"{secret}\"}',"
                  + " okPointer: /code, okValue: \"0\"}}");
      Message quoted = message("a", Tone.RED, "\"线路\"中断");
      database
          .jdbi()
          .useTransaction(handle -> to.post(handle, Set.of("bot", "sms"), List.of(CHEN), quoted));
      to.work();
      assertThat(got).hasSize(3);
      assertThat(got.get(0)).startsWith("/hook {\"version\":1,").contains("\"tone\":\"RED\"");
      assertThat(got.get(1)).isEqualTo("true");
      assertThat(got.get(2))
          .isEqualTo("/send?to=13800000000 {\"text\":\"\\\"线路\\\"中断\",\"k\":\"key1\"}");
      post(to, message("b", Tone.RED, "二"));
      assertThat(to.log("sms", State.SENT, 5)).hasSize(1);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void noSecretStandsAnywhere() throws Exception {
    StandIn its = bot("SECtest0000", null);
    its.unwell = 1;
    Channels to =
        channels(
            "  - {name: bot, kind: dingtalk, secret: SECtest0000, url: \""
                + its.url("/dingtalk?access_token=dingtalk-token")
                + "\"}");
    post(to, message("a", Tone.RED, "一"));
    to.work();
    clock.advance(Duration.ofMinutes(1));
    to.work();
    String told = to.status() + "" + to.log(null, null, 9) + to.test("bot", List.of());
    String kept =
        database
            .jdbi()
            .withHandle(handle -> handle.createQuery("SELECT * FROM delivery").mapToMap().list())
            .toString();
    assertThat(told + kept).doesNotContain("SECtest0000").doesNotContain("dingtalk-token");
    assertThat(kept).contains("一");
  }

  @Test
  void wrongSettingsAreSaidWithTheirName() {
    assertThatThrownBy(() -> channels("  - {name: bot, kind: wecom}"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("bot: url must be an address with http or https");
    assertThatThrownBy(
            () ->
                channels(
                    "  - {name: bot, kind: wecom, url: \"http://a/b\"}\n"
                        + "  - {name: bot, kind: wecom, url: \"http://a/b\"}"))
        .hasMessageContaining("two have this name");
    assertThatThrownBy(
            () -> channels("  - {name: bot, kind: webhook, url: \"http://a/b?token=hidden\"}"))
        .hasMessageContaining("a webhook needs a secret")
        .hasMessageNotContaining("hidden");
  }
}
