package org.rollcall.config;

/**
 * One thing wrong in a settings file.
 *
 * @param path where: {@code devices[2].interval}
 * @param value what stands there, or {@code (missing)}
 * @param reason why it cannot be used
 * @param hint what would do
 */
public record Problem(String path, String value, String reason, String hint) {
  @Override
  public String toString() {
    return path + ": " + value + ": " + reason + ": " + hint;
  }
}
