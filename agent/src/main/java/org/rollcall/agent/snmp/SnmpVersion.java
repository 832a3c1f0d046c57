package org.rollcall.agent.snmp;

/** The versions of SNMP; {@code version:} of a device entry says 1, 2c or 3. */
enum SnmpVersion {
  V1("1"),
  V2C("2c"),
  V3("3");

  private final String text;

  SnmpVersion(String text) {
    this.text = text;
  }

  /**
   * Reads what a device entry says; {@code v} before it and capitals do not matter.
   *
   * @throws IllegalArgumentException with a sentence for the person who wrote the text
   */
  static SnmpVersion parse(String text) {
    for (SnmpVersion version : values()) {
      if (text.equalsIgnoreCase(version.text) || text.equalsIgnoreCase("v" + version.text)) {
        return version;
      }
    }
    throw new IllegalArgumentException("version '" + text + "' is none of SNMP: write 1, 2c or 3");
  }

  @Override
  public String toString() {
    return "v" + text;
  }
}
