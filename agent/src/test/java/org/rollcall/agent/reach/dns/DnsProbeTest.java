package org.rollcall.agent.reach.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rollcall.agent.reach.Looks.assertDown;
import static org.rollcall.agent.reach.Looks.assertUp;
import static org.rollcall.agent.reach.Looks.entry;
import static org.rollcall.agent.reach.Looks.look;
import static org.rollcall.agent.reach.dns.FakeNameServer.NOERROR;
import static org.rollcall.agent.reach.dns.FakeNameServer.address;
import static org.rollcall.agent.reach.dns.FakeNameServer.addressOf;
import static org.rollcall.agent.reach.dns.FakeNameServer.alias;
import static org.rollcall.agent.reach.dns.FakeNameServer.bytes;
import static org.rollcall.agent.reach.dns.FakeNameServer.id;
import static org.rollcall.agent.reach.dns.FakeNameServer.message;
import static org.rollcall.agent.reach.dns.FakeNameServer.name;
import static org.rollcall.agent.reach.dns.FakeNameServer.question;
import static org.rollcall.agent.reach.dns.FakeNameServer.reply;
import static org.rollcall.agent.reach.dns.FakeNameServer.truncated;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.math.BigInteger;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.agent.LocalPort;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.agent.reach.dns.FakeNameServer.Behaviour;
import org.rollcall.protocol.v1.Observation;

class DnsProbeTest {
  private static final EventLoopGroup LOOPS =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private static final Clock CLOCK = Clock.systemUTC();
  private static final NameLookup NAMES = new NameLookup(CLOCK);

  /** For looks that end by an answer. */
  private static final Duration LONG = Duration.ofSeconds(30);

  /** For looks that end by there being none. */
  private static final Duration SHORT = Duration.ofMillis(400);

  private static final String TRUE = "192.0.2.7";
  private static final String LIE = "203.0.113.9";
  private static final Behaviour SILENT = asked -> {};
  private static final Behaviour HONEST =
      asked -> asked.answer(reply(asked.query(), NOERROR, address(TRUE)));

  @AfterAll
  static void stop() {
    LOOPS.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    NAMES.close();
  }

  private static DnsProbes family(Duration patience) {
    return new DnsProbes(LOOPS, NAMES, CLOCK, new Random(7), patience);
  }

  private static Observation ask(Behaviour udp, Duration patience) throws IOException {
    return ask(udp, null, patience);
  }

  private static Observation ask(Behaviour udp, @Nullable Behaviour tcp, Duration patience)
      throws IOException {
    try (FakeNameServer server = new FakeNameServer(udp, tcp)) {
      return ask(server.address(), patience, "query", "www.edu.test", "expect", TRUE);
    }
  }

  private static Observation ask(String server, Duration patience, String... options) {
    return look(family(patience).probe(entry("dns", "reach:dns", server, options)));
  }

  @Test
  void anHonestServerIsUp() throws IOException {
    Observation seen = ask(HONEST, LONG);
    assertUp(seen);
    assertThat(seen.getMeasuresMap()).hasSize(2);
    assertThat(seen.getMeasuresOrThrow("responseMillis")).isBetween(0.0, 30_000.0);
  }

  @Test
  void aServerThatLiesIsDownAndItsAnswerTimed() throws IOException {
    Observation seen =
        ask(asked -> asked.answer(reply(asked.query(), NOERROR, address(LIE))), LONG);
    assertDown(seen, "unexpected-address");
    assertThat(seen.getMeasuresMap()).containsKey("responseMillis");
  }

  @Test
  void oneLieAmongTruthsIsALie() throws IOException {
    assertDown(
        ask(
            asked -> asked.answer(reply(asked.query(), NOERROR, address(TRUE), address(LIE))),
            LONG),
        "unexpected-address");
  }

  @Test
  void withoutExpectationAnyAddressWillDo() throws IOException {
    try (FakeNameServer server =
        new FakeNameServer(
            asked -> asked.answer(reply(asked.query(), NOERROR, address(LIE))), null)) {
      assertUp(ask(server.address(), LONG, "query", "www.edu.test."));
    }
  }

  @ParameterizedTest
  @CsvSource({"3, nxdomain", "2, servfail", "5, refused", "4, error-answer", "0, no-address"})
  void theServersWordIsTheReason(int code, String reason) throws IOException {
    Observation seen = ask(asked -> asked.answer(reply(asked.query(), code)), LONG);
    assertDown(seen, reason);
    assertThat(seen.getMeasuresMap()).containsKey("responseMillis");
  }

  @Test
  void silenceIsATimeoutAfterASecondQuestion() throws IOException {
    AtomicInteger questions = new AtomicInteger();
    assertDown(ask(asked -> questions.incrementAndGet(), SHORT), "timeout");
    assertThat(questions).hasValue(2);
  }

  @Test
  void aQuestionThatGotLostIsAskedAgain() throws IOException {
    AtomicInteger questions = new AtomicInteger();
    Observation seen =
        ask(
            asked -> {
              if (questions.incrementAndGet() == 2) {
                HONEST.take(asked);
              }
            },
            Duration.ofSeconds(2));
    assertUp(seen);
    assertThat(seen.getMeasuresOrThrow("responseMillis")).isGreaterThan(1000);
  }

  @Test
  void whereNobodyListensIsUnreachable() {
    assertDown(ask("127.0.0.1:" + LocalPort.udp(), LONG, "query", "www.edu.test"), "unreachable");
  }

  @Test
  void anAnswerWithAnotherIdIsPassedOver() throws IOException {
    assertUp(
        ask(
            asked -> {
              asked.answer(
                  message(id(asked.query()) ^ 1, 0x8180, question(asked.query()), address(LIE)));
              HONEST.take(asked);
            },
            LONG));
  }

  @Test
  void anAnswerToAnotherQuestionIsPassedOver() throws IOException {
    byte[] other =
        bytes(
            out -> {
              out.write(name("www.bank.test"));
              out.writeInt(0x00010001);
            });
    assertUp(
        ask(
            asked -> {
              asked.answer(message(id(asked.query()), 0x8180, other, address(LIE)));
              HONEST.take(asked);
            },
            LONG));
  }

  @Test
  void anAnswerFromAnotherPortIsPassedOver() throws IOException {
    assertUp(
        ask(
            asked -> {
              try (DatagramSocket stranger =
                  new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                byte[] lie = reply(asked.query(), NOERROR, address(LIE));
                stranger.send(new DatagramPacket(lie, lie.length, asked.from()));
              }
              HONEST.take(asked);
            },
            LONG));
  }

  @Test
  void aQuestionIsNoAnswer() throws IOException {
    assertDown(ask(asked -> asked.answer(asked.query()), SHORT), "bad-answer");
  }

  @Test
  void garbageIsPassedOver() throws IOException {
    assertUp(
        ask(
            asked -> {
              asked.answer(new byte[0]);
              asked.answer(new byte[] {1, 2, 3});
              asked.answer("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
              HONEST.take(asked);
            },
            LONG));
  }

  @Test
  void nothingButGarbageIsABadAnswer() throws IOException {
    byte[] garbage = new byte[300];
    new Random(42).nextBytes(garbage);
    assertDown(ask(asked -> asked.answer(garbage), SHORT), "bad-answer");
  }

  /** Names that point to themselves, to each other and past the end (RFC 1035 4.1.4). */
  @ParameterizedTest
  @CsvSource({"c00c", "c00e00010001c00c", "c0ff", "3fffffff", "c0"})
  void aNameThatNeverEndsIsABadAnswer(String name) throws IOException {
    byte[] question = new BigInteger("00" + name + "00010001", 16).toByteArray();
    byte[] bare = Arrays.copyOfRange(question, 1, question.length);
    assertDown(
        ask(asked -> asked.answer(message(id(asked.query()), 0x8180, bare)), SHORT), "bad-answer");
  }

  @Test
  void anAliasThatPointsToItselfIsABadAnswer() throws IOException {
    assertDown(
        ask(
            asked -> {
              int at = 12 + question(asked.query()).length;
              byte[] loop =
                  bytes(
                      out -> {
                        out.writeShort(0xc00c);
                        out.writeShort(5);
                        out.writeShort(1);
                        out.writeInt(60);
                        out.writeShort(2);
                        out.writeShort(0xc000 | at + 12);
                      });
              asked.answer(reply(asked.query(), NOERROR, loop));
            },
            SHORT),
        "bad-answer");
  }

  @Test
  void anAliasIsFollowedWithinTheAnswer() throws IOException {
    assertUp(
        ask(
            asked ->
                asked.answer(
                    reply(
                        asked.query(),
                        NOERROR,
                        alias("a.cdn.test"),
                        addressOf("A.cdn.TEST", TRUE))),
            LONG));
  }

  @Test
  void recordsOfOtherNamesAreNotTheAnswer() throws IOException {
    assertDown(
        ask(
            asked -> asked.answer(reply(asked.query(), NOERROR, addressOf("www.bank.test", TRUE))),
            LONG),
        "no-address");
  }

  @Test
  void anAnswerTooLongForUdpIsFetchedByTcp() throws IOException {
    Behaviour tooLong = asked -> asked.answer(truncated(asked.query()));
    assertUp(ask(tooLong, HONEST, LONG));
    assertDown(
        ask(tooLong, asked -> asked.answer(reply(asked.query(), NOERROR, address(LIE))), LONG),
        "unexpected-address");
  }

  @Test
  void anAnswerThatIsWholeNowhereIsTruncated() throws IOException {
    Behaviour tooLong = asked -> asked.answer(truncated(asked.query()));
    assertDown(ask(tooLong, null, LONG), "truncated");
    assertDown(ask(tooLong, tooLong, LONG), "truncated");
    assertDown(ask(tooLong, SILENT, SHORT), "truncated");
    assertDown(ask(tooLong, asked -> asked.answer(new byte[] {1, 2, 3}), LONG), "truncated");
  }

  @Test
  void everyQuestionHasItsOwnPortAndId() throws IOException {
    Set<Integer> ports = new HashSet<>();
    Set<Integer> ids = new HashSet<>();
    Behaviour noting =
        asked -> {
          ports.add(asked.from().getPort());
          ids.add(id(asked.query()));
          HONEST.take(asked);
        };
    try (FakeNameServer server = new FakeNameServer(noting, null)) {
      var probe =
          family(LONG).probe(entry("dns", "reach:dns", server.address(), "query", "a.test"));
      for (int look = 1; look <= 10; look++) {
        assertUp(look(probe));
      }
    }
    assertThat(ids).hasSizeGreaterThan(5);
    assertThat(ports).hasSizeGreaterThan(5);
  }

  @Test
  void theNewerAddressesCanBeAskedForToo() throws IOException {
    try (FakeNameServer server =
        new FakeNameServer(
            asked -> asked.answer(reply(asked.query(), NOERROR, address("2001:db8::7"))), null)) {
      assertUp(
          ask(
              server.address(),
              LONG,
              "query",
              "www.edu.test",
              "type",
              "AAAA",
              "expect",
              "2001:db8::/32"));
      assertDown(ask(server.address(), LONG, "query", "www.edu.test"), "no-address");
    }
  }

  @Test
  void aServerWhoseOwnNameIsUnknownIsAnUnknownHost() {
    assertDown(ask("no-such-host.invalid", LONG, "query", "www.edu.test"), "unknown-host");
  }

  @Test
  void entriesThatCannotBeAreRefused() {
    DnsProbes probes = family(LONG);
    assertThatThrownBy(() -> probes.probe(entry("dns", "terminal:c1", "10.0.0.1", "query", "a.b")))
        .hasMessage("terminal:c1 cannot be seen by dns: name a reach or a service");
    assertThatThrownBy(() -> probes.probe(entry("dns", "reach:dns", "10.0.0.1")))
        .hasMessage("reach:dns needs query: the name that 10.0.0.1 is asked for");
    assertThatThrownBy(() -> probes.probe(entry("dns", "reach:dns", "10.0.0.1", "query", "a..b")))
        .hasMessage("query of reach:dns: 'a..b' is no host name");
    assertThatThrownBy(
            () ->
                probes.probe(
                    entry("dns", "reach:dns", "10.0.0.1", "query", "a.b", "expect", "10.0.0.x")))
        .hasMessageStartingWith("expect of reach:dns: '10.0.0.x' is no network");
    assertThatThrownBy(
            () -> probes.probe(entry("dns", "reach:dns", "10.0.0.1", "query", "a.b", "type", "MX")))
        .hasMessage("type of reach:dns must be A or AAAA");
  }
}
