package org.rollcall.agent.discovery;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * So many packets a second and no more, evenly: nothing is saved up. One thread takes; anybody may
 * read the count.
 */
final class Pace {
  private final long gapNanos;
  private final LongSupplier nanos;
  private final AtomicLong taken = new AtomicLong();
  private long freeNanos;

  /**
   * @param perSecond at least 1
   * @param nanos monotonic, such as {@link System#nanoTime}
   */
  Pace(int perSecond, LongSupplier nanos) {
    this.gapNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
    this.nanos = nanos;
    this.freeNanos = nanos.getAsLong();
  }

  /** Nanoseconds until the next packet may go; 0: now. */
  long waitNanos() {
    return Math.max(0, freeNanos - nanos.getAsLong());
  }

  /** Counts these packets as sent now. */
  void sent(int packets) {
    long now = nanos.getAsLong();
    freeNanos = (freeNanos - now > 0 ? freeNanos : now) + packets * gapNanos;
    taken.addAndGet(packets);
  }

  /** Waits until it is their turn, and counts them. */
  void take(int packets) throws InterruptedException {
    for (long wait = waitNanos(); wait > 0; wait = waitNanos()) {
      TimeUnit.NANOSECONDS.sleep(wait);
    }
    sent(packets);
  }

  /** Packets so far. */
  long packets() {
    return taken.get();
  }
}
