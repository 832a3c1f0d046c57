package org.rollcall.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.identity.Agents;
import org.rollcall.collector.identity.ForeignLogin;
import org.rollcall.collector.intake.Capacity;
import org.rollcall.collector.intake.Intake;
import org.rollcall.collector.intake.IntakeCounts;
import org.rollcall.collector.intake.LogThrottle;
import org.rollcall.collector.store.MemoryStore;
import org.rollcall.protocol.Topics;
import org.slf4j.LoggerFactory;

/**
 * Whatever bytes come in at the MQTT door, from a stranger or from somebody who has logged in, in
 * whatever pieces: the connection goes on or ends, nothing fails, nothing is left behind, and every
 * report is counted once.
 */
class MqttPathFuzzTest {
  private static final int MOST_ANSWERED = 64 * 1024;
  private static final HexFormat HEX = HexFormat.of();

  @TempDir Path folder;
  private Database database;
  private Agents agents;
  private ForeignLogin login;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  /** Checks logins at once, on the thread that asks. */
  private static final class AtOnce extends AbstractExecutorService {
    @Override
    public void execute(Runnable command) {
      command.run();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return true;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }

  /** The first byte: how large the pieces are, and in bit 7 whether it has logged in by 3.1.1. */
  static Stream<byte[]> seeds() throws IOException {
    String connect = HEX.formatHex(RawClient.connectBody(5, 60, "c", "f-abc", "secret"));
    List<String> all = new ArrayList<>();
    all.add("0f" + "10" + "%02x".formatted(connect.length() / 2) + connect);
    all.add("01" + "10ffffff7f" + connect);
    all.add("3f" + "1080808080" + "01");
    all.add("3f" + "16030100c8010000c4");
    all.add(
        "3f"
            + HEX.formatHex(
                "GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    for (String head : new String[] {"7f", "ff"}) {
      String five = head.equals("7f") ? "00" : "";
      all.add(head + "c000" + "c000" + "e000");
      all.add(head + "82" + (five.isEmpty() ? "06" : "07") + "0001" + five + "00012301");
      all.add(head + "a2" + (five.isEmpty() ? "05" : "06") + "0001" + five + "000123");
      all.add(head + "32" + (five.isEmpty() ? "07" : "08") + "0001240005" + five + "0102");
      all.add(head + "3200" + "30ffffff7f" + "f000");
      all.add(head + "40020001" + "50020001" + "62020001" + "70020001" + "2002" + "0000");
    }
    return all.stream().map(HEX::parseHex);
  }

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("rollcall.db"), Database.Sync.PROCESS);
    Door.addSchool(database.jdbi(), "00701", "旗城第一小学");
    agents = new Agents(database.jdbi(), Clock.systemUTC(), new SecureRandom());
    login = agents.addForeign("00701");
    log.start();
    ((Logger) LoggerFactory.getLogger(Session.class)).addAppender(log);
    ((Logger) LoggerFactory.getLogger(Reception.class)).addAppender(log);
  }

  @AfterEach
  void close() {
    ((Logger) LoggerFactory.getLogger(Session.class)).detachAppender(log);
    ((Logger) LoggerFactory.getLogger(Reception.class)).detachAppender(log);
    database.close();
  }

  @MethodSource("seeds")
  @FuzzTest
  void theConnectionGoesOnOrEndsAndEveryReportIsCountedOnce(byte[] bytes) throws IOException {
    if (bytes.length < 2) {
      return;
    }
    IngestTally tally = new IngestTally();
    try (Intake intake =
        new Intake(new MemoryStore(), List.of(), Clock.systemUTC(), Capacity.DEFAULT)) {
      EmbeddedChannel channel = new EmbeddedChannel(door(intake, tally).initializer(null));
      boolean stranger = (bytes[0] & 0x40) == 0;
      if (!stranger) {
        int version = (bytes[0] & 0x80) == 0 ? 5 : 4;
        byte[] body = RawClient.connectBody(version, 60, "c", login.userName(), login.password());
        channel.writeInbound(Unpooled.wrappedBuffer(RawClient.packet(0x10, body)));
        channel.runPendingTasks();
        assertThat(tally.snapshot().logins()).isEqualTo(1);
      }
      send(channel, known(bytes), 1 + (bytes[0] & 0x3f));
      assertThat(answered(channel)).isLessThan(MOST_ANSWERED);
      IntakeCounts counts = intake.counts();
      assertThat(counts.received())
          .isEqualTo(
              counts.stored()
                  + counts.duplicate()
                  + counts.rejectedInAll()
                  + counts.unavailable()
                  + counts.inFlight());
      channel.finishAndReleaseAll();
    }
    assertThat(tally.snapshot().open()).isZero();
    assertThat(tally.snapshot().accepted()).isEqualTo(1);
    assertThat(log.list)
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.ERROR))
        .extracting(MqttPathFuzzTest::told)
        .isEmpty();
    log.list.clear();
  }

  private static String told(ILoggingEvent event) {
    return event.getFormattedMessage()
        + (event.getThrowableProxy() == null ? "" : " " + event.getThrowableProxy().getMessage());
  }

  private FrontDoor door(Intake intake, IngestTally tally) {
    Reception reception = new Reception(agents, new AtOnce());
    House house =
        new House(
            intake,
            reception,
            new Sessions(tally),
            new TwoPlaces(Clock.systemUTC(), tally),
            tally,
            Duration.ofMinutes(10),
            () -> agent -> null,
            Clock.systemUTC());
    return new FrontDoor(
        house,
        new MqttSettings.Limits(10, 0, 10, Duration.ofMinutes(1), Duration.ofMinutes(10)),
        10,
        new LogThrottle(Clock.systemUTC(), Duration.ofSeconds(10)));
  }

  /** A topic that is one character, $, stands for the agent's own, which no seed can know. */
  private byte[] known(byte[] bytes) throws IOException {
    byte[] sent = Arrays.copyOfRange(bytes, 1, bytes.length);
    boolean publish = sent.length > 5 && (sent[0] & 0xf0) == 0x30 && sent[4] == '$';
    if (!publish) {
      return sent;
    }
    String topic = Topics.report(login.userName());
    byte[] rest = Arrays.copyOfRange(sent, 5, sent.length);
    byte[] body = new byte[2 + topic.length() + rest.length];
    body[1] = (byte) topic.length();
    for (int i = 0; i < topic.length(); i++) {
      body[2 + i] = (byte) topic.charAt(i);
    }
    System.arraycopy(rest, 0, body, 2 + topic.length(), rest.length);
    return RawClient.packet(sent[0] & 0xff, body);
  }

  private static void send(EmbeddedChannel channel, byte[] sent, int piece) {
    for (int from = 0; from < sent.length && channel.isActive(); from += piece) {
      ByteBuf part = Unpooled.copiedBuffer(sent, from, Math.min(piece, sent.length - from));
      channel.writeInbound(part);
      channel.runPendingTasks();
    }
    channel.checkException();
  }

  private static int answered(EmbeddedChannel channel) {
    int bytes = 0;
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      bytes += out.readableBytes();
      out.release();
    }
    return bytes;
  }
}
