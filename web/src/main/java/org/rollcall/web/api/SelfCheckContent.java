package org.rollcall.web.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A sheet as text that is kept: everything it says, nothing of its way or of who looks at it. */
final class SelfCheckContent {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> OF_THE_LOOK =
      List.of("state", "mayEdit", "steps", "next", "kept");

  private SelfCheckContent() {}

  static String of(SelfCheckCall.Sheet sheet) {
    ObjectNode node = JSON.valueToTree(sheet);
    node.remove(OF_THE_LOOK);
    return node.toString();
  }

  static ObjectNode read(String content) {
    try {
      return (ObjectNode) JSON.readTree(content);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A sheet that was kept is no JSON", e);
    }
  }

  static JsonNode tree(Object value) {
    return JSON.valueToTree(value);
  }
}
