package org.rollcall.agent.pjlink;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one connection brought.
 *
 * @param answers by the command's four letters: a value, or {@code ERR1} to {@code ERR4}
 * @param reason one of {@link Reasons} when it ended before every question was answered
 * @param greeted whether it said anything at all
 * @param noSha256 it was asked for SHA-256 and does not know it: come again with MD5
 */
record Heard(
    Map<String, String> answers, @Nullable String reason, boolean greeted, boolean noSha256) {

  Heard {
    answers = Map.copyOf(answers);
  }

  static Heard nothing(String reason) {
    return new Heard(Map.of(), reason, false, false);
  }

  /** Whether the command was answered with an error. */
  static boolean isError(@Nullable String answer) {
    return answer != null
        && answer.length() == 4
        && answer.startsWith("ERR")
        && answer.charAt(3) >= '1'
        && answer.charAt(3) <= '4';
  }
}
