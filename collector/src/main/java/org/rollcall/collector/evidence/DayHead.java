package org.rollcall.collector.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import org.rollcall.protocol.ReportChain;

/**
 * What the collector signs of a day: the root of all schools' trees, and the head before. Whoever
 * holds one head holds all before it.
 *
 * @param day on which the records were received, in the schools' zone
 * @param number from 1, without holes
 * @param previous SHA-256 of the bytes of head {@code number - 1}, in hexadecimal; empty at 1
 * @param schools leaves of the day's tree, in the order of their codes
 * @param records leaves of all schools' trees
 * @param root of the day's tree, in hexadecimal
 * @param closed false while the day was still going on; such a head is followed by another of the
 *     same number, whose trees begin with the same records
 * @param made when it was signed
 * @param key the raw Ed25519 key that signs it, in hexadecimal
 */
public record DayHead(
    LocalDate day,
    long number,
    String previous,
    long schools,
    long records,
    String root,
    boolean closed,
    Instant made,
    String key) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORMAT = "rollcall-head-v1";
  private static final int KEY_DIGITS = 64;

  /** The bytes that are signed and chained: JSON, its members always in the same order. */
  public byte[] bytes() {
    ObjectNode node = JSON.createObjectNode();
    node.put("format", FORMAT);
    node.put("day", day.toString());
    node.put("number", number);
    node.put("previous", previous);
    node.put("schools", schools);
    node.put("records", records);
    node.put("root", root);
    node.put("closed", closed);
    node.put("made", made.toString());
    node.put("key", key);
    return (node + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** What the next head names as its previous. */
  public String sha256() {
    return HexFormat.of().formatHex(ReportChain.sha256(bytes()));
  }

  /** The raw key that signs it. */
  public byte[] publicKey() {
    return HexFormat.of().parseHex(key);
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @throws IOException if the bytes are no head, or not written as a head is
   */
  public static DayHead read(byte[] bytes) throws IOException {
    try {
      JsonNode node = JSON.readTree(bytes);
      DayHead head =
          new DayHead(
              LocalDate.parse(node.required("day").asText()),
              node.required("number").asLong(),
              node.required("previous").asText(),
              node.required("schools").asLong(),
              node.required("records").asLong(),
              node.required("root").asText(),
              node.required("closed").asBoolean(),
              Instant.parse(node.required("made").asText()),
              node.required("key").asText());
      if (head.key().length() != KEY_DIGITS || !java.util.Arrays.equals(head.bytes(), bytes)) {
        throw new IOException("These bytes are no head of a day.");
      }
      return head;
    } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
      throw new IOException("These bytes are no head of a day.", e);
    }
  }
}
