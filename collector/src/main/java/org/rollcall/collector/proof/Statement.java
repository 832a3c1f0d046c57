package org.rollcall.collector.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rollcall.collector.evidence.SignedHead;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.judge.VerdictJson;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.registry.School;
import org.rollcall.protocol.ReportChain;

/**
 * {@code proof.json}: what is claimed, in a form that whoever has the rest of the file can make
 * again, to the byte.
 *
 * @param differs rules of which the collector's standing verdict says something else than the
 *     evidence; null where there is no standing verdict
 */
record Statement(
    Facts facts,
    Profile profile,
    String calendarVersion,
    boolean oneCalendar,
    LocalDate at,
    LocalDate from,
    Instant made,
    String key,
    List<String> differs,
    Recomputation.Result result,
    List<Day> days,
    Map<String, byte[]> files) {
  static final String NAME = "proof.json";
  static final String SIGNATURE = "proof.json.sig";
  static final String CERTIFICATE = "certificate.pdf";
  private static final String FORMAT = "rollcall-proof-v1";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A head with the school's and its campuses' share of it.
   *
   * @param records that they sent
   * @param included how many of those are in the proof
   */
  record Day(SignedHead head, long records, long included) {}

  /** The bytes that are signed. */
  byte[] bytes() {
    ObjectNode node = JSON.createObjectNode();
    node.put("format", FORMAT);
    School school = facts.school();
    node.putObject("school")
        .put("code", school.code())
        .put("name", school.name())
        .put("nameEn", school.nameEn());
    node.putObject("profile")
        .put("id", profile.id())
        .put("versions", profile.versions())
        .put("title", profile.title())
        .put("titleEn", profile.titleEn());
    node.put("calendar", calendarVersion);
    node.put("oneCalendar", oneCalendar);
    node.put("at", at.toString());
    node.put("from", from.toString());
    node.put("made", made.toString());
    node.put("key", key);
    verdicts(node.putArray("verdicts"));
    differs.forEach(node.putArray("differs")::add);
    node.put("observations", result.observations());
    node.set("agents", JSON.valueToTree(result.agents()));
    checks(node.putArray("checks"));
    ObjectNode where = node.putObject("where");
    where.set("sources", JSON.valueToTree(result.where().mostSources()));
    where.set("ways", JSON.valueToTree(result.where().ways()));
    where.set("ports", JSON.valueToTree(result.where().ports()));
    days(node.putArray("days"));
    ObjectNode digests = node.putObject("files");
    new TreeMap<>(files)
        .forEach(
            (name, bytes) ->
                digests.put(name, HexFormat.of().formatHex(ReportChain.sha256(bytes))));
    return (node.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private void verdicts(ArrayNode nodes) {
    try {
      for (Verdict verdict : result.verdicts()) {
        nodes.add(JSON.readTree(VerdictJson.write(verdict)));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("BUG: a verdict was written that cannot be read", e);
    }
  }

  private void checks(ArrayNode nodes) {
    for (Check check : result.checks()) {
      ObjectNode one = nodes.addObject();
      one.put("check", check.kind().name());
      one.put("result", check.result().name());
      ObjectNode params = one.putObject("params");
      check.reason().params().forEach(params::put);
    }
  }

  private void days(ArrayNode nodes) {
    for (Day day : days) {
      nodes
          .addObject()
          .put("day", day.head().head().day().toString())
          .put("number", day.head().head().number())
          .put("closed", day.head().head().closed())
          .put("head", day.head().head().sha256())
          .put("records", day.records())
          .put("included", day.included());
    }
  }

  /**
   * Reads a statement as JSON.
   *
   * @throws IOException if the bytes are none
   */
  static JsonNode read(byte[] bytes) throws IOException {
    JsonNode node = JSON.readTree(bytes);
    if (node == null || !node.path("format").asText().equals(FORMAT)) {
      throw new IOException(NAME + " is no statement of a proof.");
    }
    return node;
  }
}
