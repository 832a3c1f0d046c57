package org.rollcall.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants changed.
 *
 * @param request who, and of what
 * @param body a JSON object; empty when none was sent
 */
public record Change(Request request, JsonNode body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a body.
   *
   * @throws ApiProblem if it is no JSON object
   */
  public static Change of(Request request, byte[] body) {
    if (body.length == 0) {
      return new Change(request, JsonNodeFactory.instance.objectNode());
    }
    try {
      JsonNode read = JSON.readTree(body);
      if (read != null && read.isObject()) {
        return new Change(request, read);
      }
    } catch (IOException e) {
      // Answered below: no JSON and no object get the same sentence.
    }
    throw ApiProblem.badBody("Send one JSON object.", "请发送一个 JSON 对象。");
  }

  /** A text that must be there, 1 to {@code most} characters without those around it. */
  public String text(String name, int most) {
    String text = textOrNull(name, most);
    if (text == null) {
      throw ApiProblem.badBody(
          "The text " + name + " is missing: send 1 to " + most + " characters.",
          "缺少 " + name + ":请填写 1 至 " + most + " 个字符。");
    }
    return text;
  }

  /** A text that may be left out; null then, and when it is blank. */
  public @Nullable String textOrNull(String name, int most) {
    JsonNode value = body.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual() || value.asText().length() > most) {
      throw ApiProblem.badBody(
          "The field " + name + " is a text of at most " + most + " characters.",
          name + " 应为不超过 " + most + " 个字符的文本。");
    }
    return value.asText().isBlank() ? null : value.asText().strip();
  }

  /** A password, just as it was typed; must be there. */
  public String secret(String name) {
    JsonNode value = body.get(name);
    if (value == null || !value.isTextual()) {
      throw ApiProblem.badBody("Send the text " + name + ".", "请发送文本 " + name + "。");
    }
    return value.asText();
  }

  /** A whole number within bounds, both allowed. */
  public int number(String name, int min, int max, int absent) {
    JsonNode value = body.get(name);
    if (value == null || value.isNull()) {
      return absent;
    }
    if (!value.canConvertToInt() || !value.isIntegralNumber()) {
      throw outOfRange(name, min, max);
    }
    int number = value.asInt();
    if (number < min || number > max) {
      throw outOfRange(name, min, max);
    }
    return number;
  }

  private static ApiProblem outOfRange(String name, int min, int max) {
    return ApiProblem.badBody(
        "The field " + name + " is a whole number from " + min + " to " + max + ".",
        name + " 应为 " + min + " 至 " + max + " 的整数。");
  }

  /** True or false; null when it is left out. */
  public @Nullable Boolean flag(String name) {
    JsonNode value = body.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isBoolean()) {
      throw ApiProblem.badBody(
          "The field " + name + " is true or false.", name + " 应为 true 或 false。");
    }
    return value.asBoolean();
  }

  /** One of an enum's names, in any case; must be there. */
  public <E extends Enum<E>> E oneOf(String name, Class<E> type) {
    String value = text(name, 40);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(value.toUpperCase(Locale.ROOT))) {
        return constant;
      }
    }
    String known =
        String.join(
            ", ", java.util.Arrays.stream(type.getEnumConstants()).map(Enum::name).toList());
    throw ApiProblem.badBody(
        "The field " + name + " is one of " + known + ".", name + " 可用值:" + known + "。");
  }
}
