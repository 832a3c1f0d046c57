package org.rollcall.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.rollcall.collector.Collector;
import org.rollcall.collector.identity.AgentEntry;
import org.rollcall.collector.linetest.Asked;
import org.rollcall.collector.registry.School;
import org.rollcall.protocol.Subject;
import org.rollcall.protocol.v1.Command;
import org.rollcall.protocol.v1.LookNow;
import org.rollcall.protocol.v1.Sweep;

/**
 * What a technician has an agent do at once: test the line, look at devices, look for devices. What
 * comes of it is seen in the observations. Every asking is in the audit log.
 */
final class AskCalls {
  private static final int MOST_NAME = 64;

  /** Subjects of one look. Project default. */
  private static final int MOST_SUBJECTS = 100;

  /** A command is not begun later than this. Project default. */
  private static final Duration TO_BEGIN = Duration.ofSeconds(20);

  /** Two looks at one subject are at least so far apart. Project default. */
  private static final Duration LOOKS_APART = Duration.ofSeconds(10);

  /** Two sweeps of one school are at least so far apart. Project default. */
  private static final Duration SWEEPS_APART = Duration.ofMinutes(10);

  private final Collector collector;
  private final District district;
  private final Map<String, Instant> asked = new ConcurrentHashMap<>();

  AskCalls(Collector collector, District district) {
    this.collector = collector;
    this.district = district;
  }

  /** How many agents were told. */
  private record Told(int agents) {}

  /** {@code POST /api/v1/schools/{code}/test}, with a {@code line} or {@code wan}. */
  Object test(Change change) {
    School school = school(change);
    String said = change.textOrNull("line", MOST_NAME);
    String line = said == null ? "wan" : said;
    Asked came = collector.lineTests().ask(school.code(), line);
    if (came != Asked.TOLD) {
      throw refusal(came);
    }
    audit(change, "ask.test", school, Map.of("line", line));
    return new Told(1);
  }

  private static ApiProblem refusal(Asked came) {
    return switch (came) {
      case BUSY ->
          ApiProblem.notNow(
              "line-busy",
              "Another test runs on a link that this line shares: try again in a minute.",
              "与该线路共用链路的另一项测速正在进行:请一分钟后再试。");
      case TOO_SOON ->
          ApiProblem.notNow(
              "too-soon",
              "The line was tested on demand within the last minute: wait for the result.",
              "一分钟内已按需测速:请等待结果。");
      case AGENT_AWAY -> away();
      case NO_AGENT ->
          ApiProblem.notNow(
              "no-agent",
              "The school has no Rollcall agent: enrol one first.",
              "该校没有点到代理程序:请先注册一个。");
      case NO_TARGET ->
          ApiProblem.notNow(
              "no-target",
              "No line of this name has a target to be tested against: see the school's lines and the"
                  + " profile.",
              "没有该名称且有目标带宽的线路可测:请查看学校线路与所用标准。");
      case OFF, TOLD ->
          ApiProblem.notNow(
              "tests-off",
              "Line tests are switched off in the server's settings: lineTests.enabled.",
              "服务器设置已关闭测速:lineTests.enabled。");
    };
  }

  private static ApiProblem away() {
    return ApiProblem.notNow(
        "agent-away",
        "No agent of the school is connected now: bring it back first.",
        "该校代理程序当前未连接:请先恢复其连接。");
  }

  /** {@code POST /api/v1/schools/{code}/look}, with {@code subjects}. */
  Object look(Change change) {
    School school = school(change);
    List<String> subjects = subjects(change);
    for (String subject : subjects) {
      pace("look " + school.code() + " " + subject, LOOKS_APART);
    }
    int told =
        tell(
            school, Command.newBuilder().setLookNow(LookNow.newBuilder().addAllSubjects(subjects)));
    audit(change, "ask.look", school, Map.of("subjects", subjects));
    return new Told(told);
  }

  private static List<String> subjects(Change change) {
    JsonNode sent = change.body().path("subjects");
    List<String> subjects = new ArrayList<>();
    sent.forEach(each -> subjects.add(each.asText()));
    if (!sent.isArray()
        || subjects.isEmpty()
        || subjects.size() > MOST_SUBJECTS
        || !subjects.stream().allMatch(Subject::isValid)) {
      throw ApiProblem.badBody(
          "Send subjects: a list of 1 to " + MOST_SUBJECTS + " such as terminal:c1.",
          "请发送 subjects:1 至 " + MOST_SUBJECTS + " 项的列表,如 terminal:c1。");
    }
    return subjects;
  }

  /** {@code POST /api/v1/schools/{code}/sweep}. */
  Object sweep(Change change) {
    School school = school(change);
    pace("sweep " + school.code(), SWEEPS_APART);
    int told = tell(school, Command.newBuilder().setSweep(Sweep.getDefaultInstance()));
    audit(change, "ask.sweep", school, Map.of());
    return new Told(told);
  }

  private School school(Change change) {
    Request request = change.request();
    School school = district.view(request).school(request.path("code"));
    if (!request.viewer().role().operates()) {
      throw ApiProblem.notYourTask();
    }
    return school;
  }

  private void pace(String what, Duration apart) {
    Instant now = district.now();
    asked.values().removeIf(until -> !now.isBefore(until));
    if (asked.putIfAbsent(what, now.plus(apart)) != null) {
      long seconds = apart.toSeconds();
      throw ApiProblem.notNow(
          "too-soon",
          "That was asked within the last " + seconds + " s: wait for the result.",
          "该操作在 " + seconds + " 秒内已请求过:请等待结果。");
    }
  }

  /** Tells every agent of ours that is connected. */
  private int tell(School school, Command.Builder command) {
    Instant now = district.now();
    Command said =
        command
            .setId(UUID.randomUUID().toString())
            .setSentMillis(now.toEpochMilli())
            .setExpiresMillis(now.plus(TO_BEGIN).toEpochMilli())
            .build();
    int told = 0;
    for (AgentEntry agent : district.agents(school.code())) {
      if (agent.kind() == AgentEntry.Kind.AGENT
          && agent.revoked() == null
          && collector.ingest().command(agent.id(), said)) {
        told++;
      }
    }
    if (told == 0) {
      throw away();
    }
    return told;
  }

  private void audit(Change change, String action, School school, Map<String, ?> detail) {
    collector.audit().record(change.request().actor(), action, school.code(), detail);
  }
}
