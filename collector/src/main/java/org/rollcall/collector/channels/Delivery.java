package org.rollcall.collector.channels;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message for one channel, and what became of it.
 *
 * @param title in both languages
 * @param people on duty whom it was for; names, no addresses
 * @param attempts how often it was tried
 * @param due when it is tried next; of one that is done when it was tried last
 * @param reason what the last try came to, as a code: {@code ok}, {@code connect}, {@code
 *     dingtalk-310000}; empty before the first
 */
public record Delivery(
    long id,
    String channel,
    String topic,
    Message.Tone tone,
    String region,
    Words title,
    List<String> people,
    State state,
    int attempts,
    Instant posted,
    Instant due,
    @Nullable Instant sent,
    String reason) {

  /** How far it is. */
  public enum State {
    WAITING,
    SENT,
    /** It was tried for long enough, or refused. */
    FAILED,
    /**
     * Something newer on the same topic was sent in its place, or it was over before it was told.
     */
    MERGED
  }
}
