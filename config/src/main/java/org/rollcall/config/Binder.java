package org.rollcall.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Binds a YAML tree to a record, noting what does not fit. Every bind answers null after a note.
 */
final class Binder {
  private static final int LONGEST_SHOWN = 60;
  private static final String HIDDEN = "(secret)";

  private final Scalars scalars;
  private final List<Problem> problems;

  Binder(Scalars scalars, List<Problem> problems) {
    this.scalars = scalars;
    this.problems = problems;
  }

  @Nullable Object bindRecord(String path, Node node, Class<?> type) {
    if (!node.isObject()) {
      note(path, node, "it holds no settings", "write keys and values below it");
      return null;
    }
    RecordComponent[] components = type.getRecordComponents();
    noteUnknownKeys(path, node, components);
    @Nullable Object[] values = new Object[components.length];
    int before = problems.size();
    for (int i = 0; i < components.length; i++) {
      values[i] =
          components[i].isAnnotationPresent(Rest.class)
              ? rest(path, node, components)
              : component(path, node.get(key(components[i])), components[i]);
    }
    return problems.size() > before ? null : construct(path, type, components, values);
  }

  private void noteUnknownKeys(String path, Node node, RecordComponent[] components) {
    if (Arrays.stream(components).anyMatch(c -> c.isAnnotationPresent(Rest.class))) {
      return;
    }
    List<String> known = Arrays.stream(components).map(Binder::key).toList();
    node.properties()
        .forEach(
            entry -> {
              if (!known.contains(entry.getKey())) {
                note(
                    join(path, entry.getKey()),
                    entry.getValue(),
                    "there is no such setting",
                    "known here: " + String.join(", ", known));
              }
            });
  }

  private Map<String, String> rest(String path, Node node, RecordComponent[] components) {
    List<String> named =
        Arrays.stream(components)
            .filter(c -> !c.isAnnotationPresent(Rest.class))
            .map(Binder::key)
            .toList();
    Map<String, String> rest = new LinkedHashMap<>();
    node.properties()
        .forEach(
            entry -> {
              if (!named.contains(entry.getKey())) {
                Object text =
                    bindScalar(join(path, entry.getKey()), entry.getValue(), String.class, null);
                if (text != null) {
                  rest.put(entry.getKey(), scalars.placed((String) text));
                }
              }
            });
    return Collections.unmodifiableMap(rest);
  }

  private @Nullable Object component(String path, @Nullable Node node, RecordComponent component) {
    String place = join(path, key(component));
    if (node == null || node.isNull()) {
      return absent(place, component);
    }
    if (component.isAnnotationPresent(Secret.class)) {
      return secret(place, node);
    }
    return bind(place, node, component.getGenericType(), component.getAnnotation(Range.class));
  }

  private @Nullable Object secret(String place, Node node) {
    if (!node.isValueNode()) {
      problems.add(new Problem(place, HIDDEN, "it must be one value", expected(String.class)));
      return null;
    }
    try {
      return scalars.secret(node.asText());
    } catch (IllegalArgumentException e) {
      problems.add(new Problem(place, HIDDEN, "it cannot be read", String.valueOf(e.getMessage())));
      return null;
    }
  }

  private @Nullable Object absent(String place, RecordComponent component) {
    Default byDefault = component.getAnnotation(Default.class);
    Class<?> type = component.getType();
    if (byDefault != null) {
      return scalars.read(byDefault.value(), type);
    }
    if (isOptional(component)) {
      return null;
    }
    if (type == List.class) {
      return List.of();
    }
    if (type == Map.class) {
      return Map.of();
    }
    if (type.isRecord() && hasOnlyDefaults(type)) {
      return bindRecord(place, Node.NO_SETTINGS, type);
    }
    problems.add(new Problem(place, "(missing)", "it must be set", expected(type)));
    return null;
  }

  private @Nullable Object bind(String path, Node node, Type type, @Nullable Range range) {
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == List.class
          ? bindList(path, node, generic.getActualTypeArguments()[0], range)
          : bindMap(path, node, generic.getActualTypeArguments()[1], range);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord() && !scalars.reads(plain)) {
      return bindRecord(path, node, plain);
    }
    return bindScalar(path, node, plain, range);
  }

  private @Nullable Object bindList(String path, Node node, Type element, @Nullable Range range) {
    if (!node.isArray()) {
      note(path, node, "it is no list", "begin each entry with '- '");
      return null;
    }
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      Object value = bind(path + "[" + i + "]", node.get(i), element, range);
      if (value != null) {
        list.add(value);
      }
    }
    return List.copyOf(list);
  }

  private @Nullable Object bindMap(String path, Node node, Type element, @Nullable Range range) {
    if (!node.isObject()) {
      note(path, node, "it holds no names with values", "write 'name: value' below it");
      return null;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    node.properties()
        .forEach(
            entry -> {
              Object value = bind(join(path, entry.getKey()), entry.getValue(), element, range);
              if (value != null) {
                map.put(entry.getKey(), value);
              }
            });
    return Collections.unmodifiableMap(map);
  }

  private @Nullable Object bindScalar(
      String path, Node node, Class<?> type, @Nullable Range range) {
    if (!node.isValueNode()) {
      note(path, node, "it must be one value", expected(type));
      return null;
    }
    try {
      Object value = scalars.read(node.asText(), type);
      String outside = range == null ? null : scalars.outside(value, range, type);
      if (outside == null) {
        return value;
      }
      note(path, node, "it is out of range", outside);
    } catch (IllegalArgumentException e) {
      note(path, node, "it cannot be read", String.valueOf(e.getMessage()));
    } catch (ArithmeticException e) {
      note(path, node, "it is too large", expected(type));
    }
    return null;
  }

  private @Nullable Object construct(
      String path, Class<?> type, RecordComponent[] components, @Nullable Object[] values) {
    Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        String place = path.isEmpty() ? "(file)" : path;
        problems.add(
            new Problem(place, "(as set)", "it does not fit together", refused.getMessage() + ""));
        return null;
      }
      throw new IllegalStateException("BUG: " + type + " cannot be made from settings", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("BUG: " + type + " cannot be made from settings", e);
    }
  }

  private static String key(RecordComponent component) {
    Key key = component.getAnnotation(Key.class);
    return key == null ? component.getName() : key.value();
  }

  private static boolean isOptional(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class)
        || component.isAnnotationPresent(Nullable.class);
  }

  private static boolean hasOnlyDefaults(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .allMatch(
            c ->
                c.isAnnotationPresent(Default.class)
                    || isOptional(c)
                    || c.getType() == List.class
                    || c.getType() == Map.class
                    || (c.getType().isRecord() && hasOnlyDefaults(c.getType())));
  }

  private static String expected(Class<?> type) {
    if (type.isEnum()) {
      return "use one of "
          + Arrays.stream(type.getEnumConstants())
              .map(c -> c.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
              .collect(Collectors.joining(", "));
    }
    return switch (type.getSimpleName()) {
      case "Duration" -> "write a time span as 500ms, 30s, 5m, 24h or 30d";
      case "DataSize" -> "write a size as a whole number with B, KiB, MiB or GiB";
      case "Path" -> "write the path of a file or folder";
      case "String" -> "write a text";
      case "boolean", "Boolean" -> "write true or false";
      default -> type.isRecord() ? "write keys and values below it" : "write a number";
    };
  }

  private void note(String path, Node node, String reason, String hint) {
    String value = node.isContainerNode() ? "(several values)" : node.asText();
    if (value.length() > LONGEST_SHOWN) {
      value = value.substring(0, LONGEST_SHOWN) + "…";
    }
    String place = path.isEmpty() ? "(file)" : path;
    problems.add(new Problem(place, isSecret(place) ? HIDDEN : value, reason, hint));
  }

  private static boolean isSecret(String path) {
    String last = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return last.contains("password") || last.contains("secret") || last.contains("community");
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
