package org.rollcall.protocol.paced;

import org.jspecify.annotations.Nullable;

/**
 * What came of a paced test.
 *
 * @param download null when nothing arrived, or none was granted
 * @param upload as the server counted it; null as above
 * @param rttMillis of the quickest hello; null when the server never answered
 * @param aheadMillis how far the server's clock is ahead of the client's, less half the round trip;
 *     null as above
 * @param reason why something is missing: udp-blocked, token-refused, server-silent, stopped,
 *     no-network; null when nothing is
 */
public record PacedOutcome(
    @Nullable Flow download,
    @Nullable Flow upload,
    @Nullable Double rttMillis,
    @Nullable Long aheadMillis,
    @Nullable String reason) {

  /** The server answered nothing. */
  public static final String UDP_BLOCKED = "udp-blocked";

  /** The server does not know the token, or it was used. */
  public static final String TOKEN_REFUSED = "token-refused";

  /** The server stopped answering in the middle; what was counted until then is kept. */
  public static final String SERVER_SILENT = "server-silent";

  /** The client was told to stop. */
  public static final String STOPPED = "stopped";

  /** The system refused to send. */
  public static final String NO_NETWORK = "no-network";

  /** The sender kept too little of its pace to blame the line for what did not arrive. */
  public static final String SENDER_BEHIND = "sender-behind";
}
