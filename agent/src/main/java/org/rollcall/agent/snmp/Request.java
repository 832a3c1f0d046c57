package org.rollcall.agent.snmp;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * One request under way: sent, sent again as often as its settings say, and ended by whatever comes
 * first.
 */
abstract class Request implements Waits.Wait {

  private final CompletableFuture<Answer> answer = new CompletableFuture<>();
  private final SnmpSession session;
  private final long timeoutMillis;
  private int resends;

  Request(SnmpSession session, SnmpSettings settings) {
    this.session = session;
    this.timeoutMillis = settings.timeout().toMillis();
    this.resends = settings.retries();
  }

  /** Puts it on the wire. */
  abstract void transmit() throws IOException;

  /** Takes it off the books; called once, before the answer is told. */
  abstract void forget();

  /** Sends it for the first time. Completes on the session's threads, never exceptionally. */
  final CompletableFuture<Answer> begin() {
    send();
    return answer;
  }

  private void send() {
    try {
      transmit();
      session.waits().add(timeoutMillis, this);
    } catch (IOException notSent) {
      end(session.failed(Answer.UNREACHABLE));
    }
  }

  /** Tells the outcome; only the first counts. */
  final void end(Answer outcome) {
    if (!answer.isDone()) {
      forget();
      answer.complete(outcome);
    }
  }

  @Override
  public final boolean over() {
    return answer.isDone();
  }

  @Override
  public final void due() {
    if (resends > 0) {
      resends--;
      send();
    } else {
      end(session.failed(Answer.TIMEOUT));
    }
  }
}
