package org.rollcall.agent.spool;

/**
 * The end of the chain.
 *
 * @param epoch when this numbering began, milliseconds since 1970
 * @param lastSeq number of the newest report, 0 when the epoch has none yet
 * @param lastSha256 hash of its bytes: 32 bytes, or none when {@code lastSeq} is 0
 */
@SuppressWarnings("ArrayRecordComponent")
public record SpoolHead(long epoch, long lastSeq, byte[] lastSha256) {
  public SpoolHead {
    if (epoch <= 0 || lastSeq < 0 || lastSha256.length != (lastSeq == 0 ? 0 : 32)) {
      throw new IllegalStateException("BUG: no chain ends like this: seq " + lastSeq);
    }
  }
}
