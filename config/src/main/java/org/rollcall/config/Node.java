package org.rollcall.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A place in a YAML file: keys and what stands below them, a list, one value as it is written, or
 * nothing. Exactly one of the three is not null, or none.
 */
record Node(@Nullable Map<String, Node> keys, @Nullable List<Node> entries, @Nullable String text) {
  static final Node NO_SETTINGS = new Node(new LinkedHashMap<>(), null, null);
  static final Node NOTHING = new Node(null, null, null);

  boolean isObject() {
    return keys != null;
  }

  boolean isArray() {
    return entries != null;
  }

  boolean isContainerNode() {
    return keys != null || entries != null;
  }

  /** One value, or nothing. */
  boolean isValueNode() {
    return !isContainerNode();
  }

  boolean isNull() {
    return isValueNode() && text == null;
  }

  /** Its keys in the order they are written; none where it has none. */
  Set<Map.Entry<String, Node>> properties() {
    return keys == null ? Set.of() : keys.entrySet();
  }

  @Nullable Node get(String key) {
    return keys == null ? null : keys.get(key);
  }

  Node get(int index) {
    return entries == null ? NOTHING : entries.get(index);
  }

  int size() {
    return entries == null ? 0 : entries.size();
  }

  /** The value as it is written, without quotes. */
  String asText() {
    return text == null ? "null" : text;
  }
}
