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

/** A verdict as text, always the same bytes for the same verdict. */
final class VerdictJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private VerdictJson() {}

  static String write(Verdict verdict) {
    ObjectNode node = JSON.createObjectNode();
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
    ArrayNode because = node.putArray("because");
    for (Reason reason : verdict.because()) {
      ObjectNode one = because.addObject().put("code", reason.code());
      ObjectNode params = one.putObject("params");
      reason.params().forEach(params::put);
    }
    node.put("profileVersion", verdict.profileVersion());
    node.put("calendarVersion", verdict.calendarVersion());
    return node.toString();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if the text is damaged
   */
  static Verdict read(String text) {
    try {
      JsonNode node = JSON.readTree(text);
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
          node.required("calendarVersion").asText());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A kept verdict is damaged.", e);
    }
  }

  private static @Nullable Double number(JsonNode node) {
    return node.isNull() ? null : node.asDouble();
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
