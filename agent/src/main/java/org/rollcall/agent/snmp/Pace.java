package org.rollcall.agent.snmp;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Spares one device: at most one exchange with it is under way, and a pause lies between two.
 * Management processors of small switches are slow, and drop what comes faster.
 *
 * <p>What comes meanwhile waits its turn, at most {@value #MOST_WAITING} of them; one more is
 * answered with {@link Answer#BUSY}. Any thread.
 */
final class Pace {

  private static final int MOST_WAITING = 64;

  private record Turn(
      Supplier<CompletableFuture<Answer>> exchange, CompletableFuture<Answer> answer) {}

  private final SnmpSession session;
  private final long pauseMillis;
  private final Queue<Turn> waiting = new ArrayDeque<>(4);
  private boolean busy;
  private long endedNanos;
  private boolean before;

  Pace(SnmpSession session, long pauseMillis) {
    this.session = session;
    this.pauseMillis = pauseMillis;
  }

  /** Runs the exchange when its turn has come. */
  CompletableFuture<Answer> run(Supplier<CompletableFuture<Answer>> exchange) {
    CompletableFuture<Answer> answer;
    synchronized (this) {
      if (!busy && pauseLeft() <= 0) {
        busy = true;
        answer = null;
      } else if (waiting.size() >= MOST_WAITING) {
        return CompletableFuture.completedFuture(session.failed(Answer.BUSY));
      } else {
        answer = new CompletableFuture<>();
        waiting.add(new Turn(exchange, answer));
        if (!busy) {
          busy = true;
          later(pauseLeft());
        }
      }
    }
    return answer == null ? exchange.get().whenComplete((done, bug) -> ended()) : answer;
  }

  private long pauseLeft() {
    return before ? pauseMillis - (System.nanoTime() - endedNanos) / 1_000_000 : 0;
  }

  private void ended() {
    synchronized (this) {
      endedNanos = System.nanoTime();
      before = true;
      if (waiting.isEmpty()) {
        busy = false;
        return;
      }
      if (pauseMillis > 0) {
        later(pauseMillis);
        return;
      }
    }
    next();
  }

  private void later(long millis) {
    session
        .waits()
        .add(
            millis,
            new Waits.Wait() {
              @Override
              public boolean over() {
                return false;
              }

              @Override
              public void due() {
                next();
              }
            });
  }

  private void next() {
    Turn turn;
    synchronized (this) {
      turn = waiting.poll();
      if (turn == null) {
        busy = false;
        return;
      }
    }
    CompletableFuture<Answer> unused =
        turn.exchange
            .get()
            .whenComplete(
                (answer, bug) -> {
                  ended();
                  if (bug == null) {
                    turn.answer.complete(answer);
                  } else {
                    turn.answer.completeExceptionally(bug);
                  }
                });
  }
}
