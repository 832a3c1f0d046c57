package org.rollcall.protocol;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.rollcall.protocol.v1.Report;
import org.rollcall.protocol.v1.Seal;

/**
 * Numbers an agent's reports and chains each to the bytes of the one before, so that none can be
 * removed, changed or added later without it showing. One per spool; one thread.
 */
public final class ReportChain {
  private static final byte[] SEAL_DOMAIN = "rollcall-seal-v1".getBytes(StandardCharsets.US_ASCII);

  private final String agent;
  private final long epoch;
  private long lastSeq;
  private byte[] lastSha256;

  /**
   * @param epoch milliseconds since 1970 when the spool was created, over 0
   * @param lastSeq number of the last report of this epoch, 0 when there is none
   * @param lastSha256 SHA-256 of its bytes, empty when there is none
   */
  public ReportChain(String agent, long epoch, long lastSeq, byte[] lastSha256) {
    if (epoch <= 0 || lastSeq < 0 || (lastSeq == 0) != (lastSha256.length == 0)) {
      throw new IllegalArgumentException(
          "A chain continues epoch "
              + epoch
              + " after report "
              + lastSeq
              + " only with that report's SHA-256.");
    }
    this.agent = agent;
    this.epoch = epoch;
    this.lastSeq = lastSeq;
    this.lastSha256 = lastSha256.clone();
  }

  /** Numbers, chains and encodes the report; what comes back is what is spooled and published. */
  public byte[] append(Report.Builder report) {
    byte[] bytes =
        report
            .setAgent(agent)
            .setEpoch(epoch)
            .setSeq(lastSeq + 1)
            .setPreviousSha256(ByteString.copyFrom(lastSha256))
            .build()
            .toByteArray();
    lastSha256 = sha256(bytes);
    lastSeq++;
    return bytes;
  }

  public long epoch() {
    return epoch;
  }

  /** Number of the newest report, 0 before the first. */
  public long lastSeq() {
    return lastSeq;
  }

  /**
   * Signs all that the chain holds so far. The seal goes into the next report.
   *
   * @throws IllegalStateException if the chain is still empty
   */
  public Seal seal(AgentKey key) {
    if (lastSeq == 0) {
      throw new IllegalStateException("BUG: an empty chain cannot be sealed");
    }
    byte[] signature = key.sign(sealedBytes(agent, epoch, lastSeq, lastSha256));
    return Seal.newBuilder()
        .setSeq(lastSeq)
        .setSha256(ByteString.copyFrom(lastSha256))
        .setSignature(ByteString.copyFrom(signature))
        .build();
  }

  /**
   * Whether a seal was made by that key for that agent and epoch. Whether {@code sha256} is the
   * hash of the report it names is for the caller to compare.
   *
   * @param publicKey the raw 32 bytes of an Ed25519 public key
   */
  public static boolean verifySeal(Seal seal, String agent, long epoch, byte[] publicKey) {
    byte[] sealed = sealedBytes(agent, epoch, seal.getSeq(), seal.getSha256().toByteArray());
    return AgentKey.verify(publicKey, sealed, seal.getSignature().toByteArray());
  }

  public static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("BUG: every Java has SHA-256", e);
    }
  }

  private static byte[] sealedBytes(String agent, long epoch, long seq, byte[] sha256) {
    byte[] name = agent.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(SEAL_DOMAIN.length + 1 + name.length + 1 + 16 + sha256.length)
        .put(SEAL_DOMAIN)
        .put((byte) 0)
        .put(name)
        .put((byte) 0)
        .putLong(epoch)
        .putLong(seq)
        .put(sha256)
        .array();
  }
}
