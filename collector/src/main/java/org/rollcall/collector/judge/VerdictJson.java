package org.rollcall.collector.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.judge.Verdict.Part;
import org.rollcall.collector.judge.Verdict.Part.Asked;
import org.rollcall.collector.judge.Verdict.State;

/**
 * A verdict as text, always the same bytes for the same verdict. Text of an older form is read,
 * with nothing where it had nothing.
 */
public final class VerdictJson {
  /** Number of this form. Form 1 had no number, parts, missing or share of passing tests. */
  static final int FORMAT = 2;

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private VerdictJson() {}

  public static String write(Verdict verdict) {
    ObjectNode node = JSON.createObjectNode();
    node.put("format", FORMAT);
    node.put("school", verdict.school());
    node.put("profile", verdict.profile());
    node.put("rule", verdict.rule());
    node.put("outcome", verdict.outcome().name());
    node.put("evidence", verdict.evidence().name());
    node.put("disputed", verdict.disputed());
    node.put("value", verdict.value());
    node.put("threshold", verdict.threshold());
    node.put("unit", verdict.unit());
    node.put("from", verdict.from().toString());
    node.put("to", verdict.to().toString());
    node.put("samples", verdict.samples());
    reasons(node.putArray("because"), verdict.because());
    node.put("profileVersion", verdict.profileVersion());
    node.put("calendarVersion", verdict.calendarVersion());
    ArrayNode parts = node.putArray("parts");
    for (Part part : verdict.parts()) {
      ObjectNode one = parts.addObject().put("part", part.part().name()).put("line", part.line());
      one.put("campus", part.campus());
      one.put("state", part.state().name());
      one.put("value", part.value());
      one.put("unit", part.unit());
      reasons(one.putArray("because"), part.because());
    }
    verdict.missing().forEach(node.putArray("missing")::add);
    node.put("passShare", verdict.passShare());
    node.put("passShareLow95", verdict.passShareLow95());
    return node.toString();
  }

  private static void reasons(ArrayNode array, List<Reason> reasons) {
    for (Reason reason : reasons) {
      ObjectNode one = array.addObject().put("code", reason.code());
      ObjectNode params = one.putObject("params");
      reason.params().forEach(params::put);
    }
  }

  /**
   * Reads what {@link #write} wrote, now or in an older version.
   *
   * @throws IllegalArgumentException if the text is damaged, or from a newer version
   */
  public static Verdict read(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      if (node.path("format").asInt(1) > FORMAT) {
        throw new IllegalArgumentException("A kept verdict is of a newer version than this one.");
      }
      return new Verdict(
          node.required("school").asText(),
          node.required("profile").asText(),
          node.required("rule").asText(),
          Outcome.valueOf(node.required("outcome").asText()),
          Evidence.valueOf(node.required("evidence").asText()),
          node.required("disputed").asBoolean(),
          number(node.required("value")),
          number(node.required("threshold")),
          node.required("unit").asText(),
          LocalDate.parse(node.required("from").asText()),
          LocalDate.parse(node.required("to").asText()),
          node.required("samples").asInt(),
          reasons(node.required("because")),
          node.required("profileVersion").asText(),
          node.required("calendarVersion").asText(),
          parts(node.path("parts")),
          names(node.path("missing")),
          number(node.path("passShare")),
          number(node.path("passShareLow95")));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A kept verdict is damaged.", e);
    }
  }

  private static @Nullable Double number(JsonNode node) {
    return node.isNull() || node.isMissingNode() ? null : node.asDouble();
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.forEach(name -> names.add(name.asText()));
    return names;
  }

  private static List<Part> parts(JsonNode node) {
    List<Part> parts = new ArrayList<>();
    for (JsonNode one : node) {
      JsonNode campus = one.required("campus");
      parts.add(
          new Part(
              Asked.valueOf(one.required("part").asText()),
              one.required("line").asText(),
              campus.isNull() ? null : campus.asText(),
              State.valueOf(one.required("state").asText()),
              number(one.required("value")),
              one.required("unit").asText(),
              reasons(one.required("because"))));
    }
    return parts;
  }

  private static List<Reason> reasons(JsonNode node) {
    List<Reason> reasons = new ArrayList<>();
    for (JsonNode one : node) {
      Map<String, String> params = new HashMap<>();
      one.required("params")
          .properties()
          .forEach(param -> params.put(param.getKey(), param.getValue().asText()));
      reasons.add(new Reason(one.required("code").asText(), params));
    }
    return reasons;
  }
}
