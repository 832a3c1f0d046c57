package org.rollcall.protocol;

import org.jspecify.annotations.Nullable;

/** The topics an agent may use: it publishes reports, and hears its configuration and commands. */
public final class Topics {
  private static final String ROOT = "rollcall/v1/";
  private static final String REPORT = "/report";

  private Topics() {}

  public static String report(String agent) {
    return ROOT + agent + REPORT;
  }

  public static String config(String agent) {
    return ROOT + agent + "/config";
  }

  public static String command(String agent) {
    return ROOT + agent + "/command";
  }

  /** The agent whose report topic this is, or null when it is no report topic. */
  public static @Nullable String agentOfReport(String topic) {
    if (!topic.startsWith(ROOT) || !topic.endsWith(REPORT)) {
      return null;
    }
    int end = topic.length() - REPORT.length();
    if (end <= ROOT.length()) {
      return null;
    }
    String agent = topic.substring(ROOT.length(), end);
    return Limits.isAgentName(agent) ? agent : null;
  }
}
