package org.rollcall.agent.probe;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The credentials of {@code agent.yaml} by their names. Never changes; any thread. */
public final class Credentials {

  /** The key by which a device entry names its credential. */
  public static final String OPTION = "credential";

  private static final Credentials NONE = new Credentials(Map.of());

  private final Map<String, Credential> byName;

  public Credentials(Map<String, Credential> byName) {
    this.byName = Map.copyOf(byName);
  }

  public static Credentials none() {
    return NONE;
  }

  /**
   * The credential of this name.
   *
   * @throws IllegalArgumentException naming those there are
   */
  public Credential get(String name) {
    Credential found = byName.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "there is no credential '"
              + name
              + "': "
              + (byName.isEmpty()
                  ? "the credentials section is empty"
                  : "known are " + String.join(", ", new TreeMap<>(byName).keySet())));
    }
    return found;
  }

  /**
   * The credential a device entry names under {@code credential}; null when it names none.
   *
   * @throws IllegalArgumentException naming the entry and the credentials there are
   */
  public @Nullable Credential of(DeviceSettings device) {
    String name = device.option(OPTION);
    if (name == null) {
      return null;
    }
    try {
      return get(name);
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException(device.subject() + ": " + unknown.getMessage(), unknown);
    }
  }

  /** The names alone. */
  @Override
  public String toString() {
    return "Credentials" + new TreeMap<>(byName).keySet();
  }
}
