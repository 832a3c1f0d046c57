package org.rollcall.web.api;

/**
 * What the doors of HTTP have seen since they opened.
 *
 * @param open connections now
 * @param accepted connections ever
 * @param turnedAway connections closed at once: too many in all or from one address
 * @param tooSlow connections closed because a request did not come in time
 */
public record HttpCounts(long open, long accepted, long turnedAway, long tooSlow) {
  public static final HttpCounts NONE = new HttpCounts(0, 0, 0, 0);

  public HttpCounts plus(HttpCounts other) {
    return new HttpCounts(
        open + other.open,
        accepted + other.accepted,
        turnedAway + other.turnedAway,
        tooSlow + other.tooSlow);
  }
}
