package org.rollcall.agent.throughput;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What line tests have moved this month, kept in a small file so that a restart spends nothing
 * anew. A file that cannot be read counts as nothing spent. Any thread.
 */
final class TrafficBudget {
  private static final Logger LOG = LoggerFactory.getLogger(TrafficBudget.class);
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private final Path file;
  private final Clock clock;
  private @Nullable YearMonth month;
  private long spent;

  /**
   * @param file one line: {@code 2026-09 13125000}
   */
  TrafficBudget(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  /**
   * Whether a test may move so much more.
   *
   * @param monthly what all may move in a month; null: no limit
   */
  synchronized boolean allows(long bytes, @Nullable Long monthly) {
    return monthly == null || spent(now()) + bytes <= monthly;
  }

  /** Kept without a limit too: one may be pushed in the middle of a month. */
  synchronized void spend(long bytes) {
    YearMonth now = now();
    spent = spent(now) + bytes;
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(fresh, now + " " + spent + "\n", StandardCharsets.US_ASCII);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("file", file).setCause(e).log("Traffic of line tests is not kept");
    }
  }

  private YearMonth now() {
    return YearMonth.now(clock.withZone(ZONE));
  }

  private long spent(YearMonth now) {
    if (month == null) {
      read();
    }
    if (!now.equals(month)) {
      month = now;
      spent = 0;
    }
    return spent;
  }

  private void read() {
    try {
      String[] words = Files.readString(file, StandardCharsets.US_ASCII).strip().split(" ", -1);
      if (words.length == 2) {
        month = YearMonth.parse(words[0]);
        spent = Math.max(0, Long.parseLong(words[1]));
      }
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      month = null;
      spent = 0;
    }
  }
}
