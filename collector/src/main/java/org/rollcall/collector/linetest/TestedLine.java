package org.rollcall.collector.linetest;

/**
 * A line that is to be tested.
 *
 * @param line its name, as in {@code link:NAME}
 * @param group lines of one group are never tested at the same time
 * @param targetBitsPerSecond what its school must have
 * @param contractBitsPerSecond what its contract promises; 0 when not declared
 */
record TestedLine(
    String school,
    String line,
    String group,
    double targetBitsPerSecond,
    double contractBitsPerSecond) {

  String key() {
    return school + "/" + line;
  }
}
