package org.rollcall.agent.notice;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A warning that may come again and again. The first is written at once, and so is one whose detail
 * differs from the last; the same detail is then held back until the interval has passed, and the
 * next line says how many were. Safe on any thread.
 */
public final class RepeatedNotice {
  private final Logger log;
  private final Duration interval;
  private final InstantSource clock;
  private @Nullable String lastDetail;
  private Instant lastWritten = Instant.MIN;
  private long heldBack;

  public RepeatedNotice(Logger log, Duration interval, InstantSource clock) {
    this.log = log;
    this.interval = interval;
    this.clock = clock;
  }

  /** Writes a warning, or counts it as held back. */
  public synchronized void warn(String message, String subject, String detail) {
    Instant now = clock.instant();
    boolean due = now.isBefore(lastWritten) || !now.isBefore(after(lastWritten));
    if (!due && Objects.equals(detail, lastDetail)) {
      heldBack++;
      return;
    }
    LoggingEventBuilder line =
        log.atWarn().addKeyValue("subject", subject).addKeyValue("detail", detail);
    if (heldBack > 0) {
      line = line.addKeyValue("heldBack", heldBack);
    }
    line.log(message);
    lastWritten = now;
    lastDetail = detail;
    heldBack = 0;
  }

  /** The fault has passed: writes one line if it was ever warned of, and starts afresh. */
  public synchronized void over(String message, String subject) {
    if (lastDetail == null) {
      return;
    }
    log.atInfo().addKeyValue("subject", subject).addKeyValue("heldBack", heldBack).log(message);
    lastDetail = null;
    lastWritten = Instant.MIN;
    heldBack = 0;
  }

  private Instant after(Instant written) {
    return written.equals(Instant.MIN) ? Instant.MIN : written.plus(interval);
  }
}
