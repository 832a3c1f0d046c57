package org.rollcall.collector.linetest.ndt7;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rollcall.collector.linetest.ndt7.Ndt7Request.Direction;

/** The server's side without a network: time and the connection are the test's. */
class Ndt7TestTest {
  private static final String CLIENT = "192.0.2.7:40000";

  /** A connection that takes so much a millisecond. */
  private static final class Line implements Ndt7Socket {
    private final PriorityQueue<Timer> timers =
        new PriorityQueue<>(Comparator.comparingLong(Timer::at).thenComparingLong(Timer::order));
    private final ArrayDeque<Runnable> drained = new ArrayDeque<>();
    private final List<Integer> loads = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final List<Long> textTimes = new ArrayList<>();
    private final int bytesPerMilli;
    private long now;
    private long order;
    private long waiting;
    private int closedWith;
    private long closedAt;
    private boolean aborted;

    private record Timer(long at, long order, Runnable then) {}

    Line(int bytesPerMilli) {
      this.bytesPerMilli = bytesPerMilli;
    }

    void runUntil(long millis) {
      while (now < millis) {
        now++;
        waiting = Math.max(0, waiting - bytesPerMilli);
        while (!timers.isEmpty() && timers.peek().at() <= now) {
          timers.remove().then().run();
        }
        if (!full() && !drained.isEmpty()) {
          drained.remove().run();
        }
      }
    }

    @Override
    public boolean full() {
      return waiting > 1 << 20;
    }

    @Override
    public void whenDrained(Runnable then) {
      drained.add(then);
    }

    @Override
    public void sendLoad(int bytes) {
      loads.add(bytes);
      waiting += bytes;
    }

    @Override
    public void sendText(String text) {
      texts.add(text);
      textTimes.add(now);
    }

    @Override
    public void close(int code, String reason) {
      closedWith = code;
      closedAt = now;
    }

    @Override
    public void abort() {
      aborted = true;
    }

    @Override
    public void after(long millis, Runnable then) {
      timers.add(new Timer(now + Math.max(1, millis), order++, then));
    }
  }

  private static Ndt7Door door(Line line, boolean open) {
    return new Ndt7Door(
        open,
        2,
        (token, direction) -> token.equals("good"),
        Clock.systemUTC(),
        () -> line.now * 1_000_000,
        new Random(5));
  }

  private static Ndt7Test test(Line line, Direction direction, boolean early) {
    Ndt7Request request = new Ndt7Request(direction, early, null);
    Ndt7Test test = door(line, true).begin(request, line, CLIENT, "192.0.2.1:80");
    test.begin();
    return test;
  }

  @Test
  void aDownloadGrowsItsMessagesByTheRuleAndEndsAfterTenSeconds() {
    Line line = new Line(10_000);
    Ndt7Test test = test(line, Direction.DOWNLOAD, false);
    line.runUntil(14_000);

    assertThat(line.loads.get(0)).isEqualTo(1 << 13);
    long total = 0;
    int size = 1 << 13;
    for (int load : line.loads) {
      assertThat(load).isGreaterThanOrEqualTo(size);
      assertThat(load == 1 << 13 || load <= total / 8).isTrue();
      assertThat(Integer.bitCount(load)).isOne();
      size = load;
      total += load;
    }
    assertThat(size).isEqualTo(1 << 20);
    assertThat(total).isEqualTo(test.bytes()).isBetween(95_000_000L, 110_000_000L);
    assertThat(line.closedWith).isEqualTo(1000);
    assertThat(line.closedAt).isEqualTo(10_000);
    assertThat(line.aborted).isTrue();
    assertThat(test.over()).isTrue();
  }

  @Test
  void measurementsComeAtRandomFourTimesASecondAndTheLastIsTheSummary() {
    Line line = new Line(10_000);
    Ndt7Test test = test(line, Direction.DOWNLOAD, false);
    line.runUntil(14_000);

    assertThat(line.texts).hasSizeBetween(25, 70);
    for (int i = 1; i < line.textTimes.size() - 1; i++) {
      assertThat(line.textTimes.get(i) - line.textTimes.get(i - 1)).isBetween(25L, 626L);
    }
    assertThat(line.texts.get(line.texts.size() - 1))
        .contains("\"ElapsedTime\":10000000", "\"NumBytes\":" + test.bytes())
        .contains("\"Client\":\"" + CLIENT + "\"", "\"Origin\":\"server\"")
        .contains("\"Test\":\"download\"", "\"UUID\":", "\"StartTime\":");
  }

  @Test
  void anEarlyExitEndsADownloadAtTwoHundredAndFiftyMegabytes() {
    Line line = new Line(100_000);
    Ndt7Test test = test(line, Direction.DOWNLOAD, true);
    line.runUntil(10_000);

    assertThat(test.bytes()).isBetween(250_000_000L, 251_500_000L);
    assertThat(line.closedAt).isLessThan(3_000);
  }

  @Test
  void anUploadCountsWhatComesInPiecesToo() {
    Line line = new Line(1);
    Ndt7Test test = test(line, Direction.UPLOAD, false);
    test.binary(8_192, true);
    test.binary(4_096, false);
    test.binary(1_000, true);
    test.text(100);
    line.runUntil(14_000);

    assertThat(test.bytes()).isEqualTo(13_288);
    assertThat(line.texts.get(line.texts.size() - 1)).contains("\"NumBytes\":13288");
    assertThat(line.closedWith).isEqualTo(1000);
    test.binary(8_192, true);
    assertThat(test.bytes()).isEqualTo(13_288);
  }

  @Test
  void aMessageInPiecesThatGrowsTooLongClosesTheConnection() {
    Line line = new Line(1);
    Ndt7Test test = test(line, Direction.UPLOAD, false);
    test.binary(1 << 24, true);
    assertThat(line.closedWith).isZero();
    test.binary(1, false);

    assertThat(line.closedWith).isEqualTo(1009);
    assertThat(test.over()).isTrue();
  }

  @Test
  void loadFromTheClientOfADownloadClosesTheConnection() {
    Line line = new Line(1);
    Ndt7Test test = test(line, Direction.DOWNLOAD, false);
    test.binary(1_024, true);

    assertThat(line.closedWith).isEqualTo(1008);
    assertThat(test.over()).isTrue();
  }

  @Test
  void nothingIsSentAfterTheConnectionHasEnded() {
    Line line = new Line(10_000);
    Ndt7Test test = test(line, Direction.DOWNLOAD, false);
    line.runUntil(1_000);
    test.closed();
    int loads = line.loads.size();
    int texts = line.texts.size();
    line.runUntil(14_000);

    assertThat(line.loads).hasSize(loads);
    assertThat(line.texts).hasSize(texts);
    assertThat(line.closedWith).isZero();
  }

  @Test
  void withoutATokenTheDoorIsClosedUnlessItIsOpenToAll() {
    Line line = new Line(1);
    Ndt7Door closed = door(line, false);
    String spoken = Ndt7Request.SUBPROTOCOL;

    assertThat(closed.ask(Direction.UPLOAD, null, spoken))
        .isInstanceOfSatisfying(
            Ndt7Door.Answer.Refused.class, r -> assertThat(r.status()).isEqualTo(401));
    assertThat(closed.ask(Direction.UPLOAD, "access_token=bad", spoken))
        .isInstanceOf(Ndt7Door.Answer.Refused.class);
    assertThat(closed.ask(Direction.UPLOAD, "access_token=good", spoken))
        .isInstanceOf(Ndt7Door.Answer.Welcome.class);
    assertThat(door(line, true).ask(Direction.UPLOAD, null, "chat, " + spoken))
        .isInstanceOf(Ndt7Door.Answer.Welcome.class);
    assertThat(closed.counts()).isEqualTo(new Ndt7Counts(3, 1, 0, 2, 0, 1));
  }

  @Test
  void noMoreTestsRunThanAreAllowed() {
    Ndt7Door door = door(new Line(1), true);
    for (int i = 0; i < 3; i++) {
      Ndt7Door.Answer answer = door.ask(Direction.DOWNLOAD, null, Ndt7Request.SUBPROTOCOL);
      assertThat(answer instanceof Ndt7Door.Answer.Welcome).isEqualTo(i < 2);
    }
    door.ended();

    assertThat(door.ask(Direction.DOWNLOAD, null, Ndt7Request.SUBPROTOCOL))
        .isInstanceOf(Ndt7Door.Answer.Welcome.class);
    assertThat(door.counts().busy()).isEqualTo(1);
  }

  @Test
  void aQueryOfMoreThanFourKibibytesIsBad() {
    Ndt7Door.Answer answer =
        door(new Line(1), true)
            .ask(Direction.DOWNLOAD, "a=" + "b".repeat(4_096), Ndt7Request.SUBPROTOCOL);

    assertThat(answer)
        .isInstanceOfSatisfying(
            Ndt7Door.Answer.Refused.class, r -> assertThat(r.status()).isEqualTo(400));
  }
}
