package org.rollcall.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Rules that tell at any hour, somebody on duty, and a webhook, for a {@link TestServer}. */
public final class AlertSetup {
  private AlertSetup() {}

  /** Writes the files, and answers the lines of the settings that name them. */
  public static String in(Path folder, String webhook) throws IOException {
    Path rules = Files.createDirectories(folder.resolve("rules"));
    rule(rules, "line-down", "线路中断", "Line down");
    rule(rules, "device-fault", "设备故障", "Device fault");
    Files.writeString(
        folder.resolve("duty.yaml"),
        """
        people:
          - { id: chen, name: 陈工, mobile: "13800000000" }
        rotas:
          - { id: district, from: 2026-01-05, order: [chen] }
        ways:
          - id: all
            steps:
              - { channels: [hook], to: ["rota:district"] }
              - { after: 2h, impact: 900000, channels: [hook], to: [chen] }
        """);
    Files.writeString(folder.resolve("hook-url"), webhook);
    Files.writeString(folder.resolve("hook-secret"), "hush");
    return """
    site: https://rollcall.example
    alerts: {rules: rules, duty: duty.yaml, every: 1s}
    channels:
      - {name: hook, kind: webhook, url: "file:hook-url", secret: "file:hook-secret", language: en}
    """;
  }

  private static void rule(Path rules, String id, String title, String titleEn) throws IOException {
    Files.writeString(
        rules.resolve(id + ".yaml"),
        """
        id: %s
        title: %s
        titleEn: %s
        signal: %s
        raise: { atLeast: 0 }
        clearFor: 0s
        tell: always
        """
            .formatted(id, title, titleEn, id));
  }
}
