package org.rollcall.agent.status;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The status in words, in Chinese or English. */
final class StatusText {
  /** A clock further off than this is worth a word; a project default. */
  private static final double SKEW_SECONDS = 5;

  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry("timeout", "没有应答|no answer"),
          Map.entry("refused", "连接被拒绝|connection refused"),
          Map.entry("unreachable", "网络不可达|unreachable"),
          Map.entry("unknown-host", "域名无法解析|name not known"),
          Map.entry("no-such-interface", "设备上没有该接口|no such interface"),
          Map.entry("rebooted", "设备刚重启|rebooted just now"),
          Map.entry("first-look", "首次采集|first look"),
          Map.entry("probe-stuck", "采集未完成|the look did not end"),
          Map.entry("probe-failed", "采集程序出错|the probe failed"));

  private final boolean chinese;
  private final ZoneId zone;

  StatusText(boolean chinese, ZoneId zone) {
    this.chinese = chinese;
    this.zone = zone;
  }

  String say(String zh, String en) {
    return chinese ? zh : en;
  }

  /** One line each: what it is, and how that is. */
  List<Map.Entry<String, String>> lines(AgentStatus status) {
    List<Map.Entry<String, String>> lines = new ArrayList<>();
    lines.add(Map.entry(say("采集端", "Agent"), status.agent()));
    lines.add(Map.entry(say("学校", "School"), status.school()));
    lines.add(Map.entry(say("服务端", "Server"), connection(status)));
    lines.add(Map.entry(say("待传数据", "Waiting to be sent"), spool(status)));
    lines.add(Map.entry(say("时钟", "Clock"), clock(status.clockSkewSeconds())));
    lines.add(Map.entry(say("下发配置", "Pushed configuration"), configuration(status)));
    lines.add(Map.entry(say("运行时间", "Running for"), span(status.uptimeSeconds())));
    if (status.residentBytes() != null) {
      lines.add(Map.entry(say("内存", "Memory"), size(status.residentBytes())));
    }
    return lines;
  }

  private String connection(AgentStatus status) {
    Instant since = status.connectedSince();
    if (since != null) {
      return say("已连接 ", "connected to ") + status.server() + say("，自 ", " since ") + time(since);
    }
    String why =
        status.notConnectedBecause().isEmpty() ? "" : " (" + status.notConnectedBecause() + ")";
    return say("未连接 ", "not connected to ") + status.server() + why;
  }

  private String spool(AgentStatus status) {
    String waiting = waiting(status);
    return status.spoolProblem() == null
        ? waiting
        : waiting
            + say("；磁盘无法写入，新数据正在丢失：", "; the disk takes no more, what is new is lost: ")
            + status.spoolProblem();
  }

  private String waiting(AgentStatus status) {
    return status.spoolReports() == 0
        ? say("无", "nothing")
        : String.format(
            Locale.ROOT,
            say("%d 份报告，%s", "%d reports, %s"),
            status.spoolReports(),
            size(status.spoolBytes()));
  }

  private String clock(@Nullable Double skew) {
    if (skew == null) {
      return say("与服务端的偏差未知", "how far it is off is not known");
    }
    if (Math.abs(skew) < SKEW_SECONDS) {
      return say("准确", "right");
    }
    String by = span(Math.round(Math.abs(skew)));
    return skew > 0
        ? say("比服务端快 " + by + "，请校时", by + " ahead of the server: set it right")
        : say("比服务端慢 " + by + "，请校时", by + " behind the server: set it right");
  }

  private String configuration(AgentStatus status) {
    String holds =
        status.configRevision() == 0
            ? say("无", "none")
            : say("版本 ", "revision ") + status.configRevision();
    return status.configProblem() == null
        ? holds
        : holds + say("；最近一次被拒绝：", "; the last one was refused: ") + status.configProblem();
  }

  String outcome(AgentStatus.Look look) {
    if (look.seen() == null) {
      return say("尚未采集", "not looked at yet");
    }
    Boolean up = look.up();
    String state = up == null ? say("无结果", "no result") : up ? say("正常", "up") : say("不通", "down");
    return look.reason().isEmpty() ? state : state + say("：", ": ") + reason(look.reason());
  }

  private String reason(String code) {
    String words = REASONS.get(code);
    if (words == null) {
      return code;
    }
    int bar = words.indexOf('|');
    return chinese ? words.substring(0, bar) : words.substring(bar + 1);
  }

  String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).atZone(zone).toOffsetDateTime().toString();
  }

  private String span(long seconds) {
    if (seconds < 120) {
      return seconds + say(" 秒", " s");
    }
    if (seconds < 7_200) {
      return seconds / 60 + say(" 分钟", " min");
    }
    return seconds < 172_800
        ? seconds / 3_600 + say(" 小时", " h")
        : seconds / 86_400 + say(" 天", " days");
  }

  private static String size(long bytes) {
    return bytes < 1024 * 1024
        ? bytes / 1024 + " KiB"
        : String.format(Locale.ROOT, "%.1f MiB", bytes / 1024.0 / 1024.0);
  }
}
