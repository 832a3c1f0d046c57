package org.rollcall.collector.archive;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import org.rollcall.protocol.v1.Observation;

/**
 * How many rows there are, and the sum, modulo 2^256, of the SHA-256 of each. The sum does not
 * depend on the order of the rows, in which stores differ, and needs no memory for them. One
 * thread.
 */
final class RowDigest {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

  private final MessageDigest sha256 = sha256();
  private BigInteger sum = BigInteger.ZERO;
  private long count;

  void add(String school, Observation row) {
    sum = sum.add(new BigInteger(1, sha256.digest(bytes(school, row)))).mod(MODULUS);
    count++;
  }

  void add(RowDigest other) {
    sum = sum.add(other.sum).mod(MODULUS);
    count += other.count;
  }

  long count() {
    return count;
  }

  /** 64 hexadecimal digits. */
  String hex() {
    String digits = sum.toString(16);
    return "0".repeat(64 - digits.length()) + digits;
  }

  boolean sameAs(RowDigest other) {
    return count == other.count && sum.equals(other.sum);
  }

  /** Every field with its length or in its fixed width, measures by name: one row, one form. */
  private static byte[] bytes(String school, Observation row) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      text(out, school);
      text(out, row.getSubject());
      out.writeLong(row.getTimeMillis());
      text(out, row.getReason());
      for (Map.Entry<String, Double> measure : new TreeMap<>(row.getMeasuresMap()).entrySet()) {
        text(out, measure.getKey());
        // Stores need not tell -0.0 from 0.0.
        out.writeLong(Double.doubleToLongBits(measure.getValue() + 0.0));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("BUG: writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("BUG: every Java has SHA-256", e);
    }
  }
}
