package org.rollcall.collector.database;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Rows for every table of a register, so that none is forgotten where registers are carried on. */
final class FilledRegister {
  /** Tables that the newest migration made, and the ones before did not have. */
  static final List<String> NEWEST = List.of();

  private static final String SCHOOL = "2144000001";
  private static final byte[] BYTES = {0, 1, -1, 127, -128};

  private FilledRegister() {}

  /**
   * Fills every table that is there.
   *
   * @param tables of the register as it is
   * @param rows in each table that may have many
   */
  static void fill(Handle handle, List<String> tables, int rows) {
    for (Map.Entry<String, List<@Nullable Object[]>> entry : contents(rows).entrySet()) {
      if (tables.contains(entry.getKey())) {
        entry.getValue().forEach(row -> insert(handle, entry.getKey(), row));
      }
    }
    handle.execute("UPDATE register_revision SET revision = 41");
  }

  /** The tables that {@link #fill} knows, with register_revision. */
  static List<String> tables() {
    List<String> all = new ArrayList<>(contents(1).keySet());
    all.add("register_revision");
    Collections.sort(all);
    return all;
  }

  /** Puts one row in, its values in the order of {@link #COLUMNS}. */
  private static void insert(Handle handle, String table, @Nullable Object[] row) {
    String columns = COLUMNS.getOrDefault(table, "");
    handle.execute(
        "INSERT INTO "
            + table
            + " ("
            + columns
            + ") VALUES ("
            + String.join(", ", Collections.nCopies(row.length, "?"))
            + ")",
        row);
  }

  private static final Map<String, String> COLUMNS =
      Map.ofEntries(
          Map.entry("region", "code, name, name_en, level, parent"),
          Map.entry(
              "school",
              "code, name, name_en, region, stage, tier, ownership, setting, students, teachers,"
                  + " classes, lon, lat, edu_network, computers, valid_from"),
          Map.entry("school_class", "school, name, grade, platform_declared"),
          Map.entry("device", "school, kind, name, space, address, probe"),
          Map.entry("line", "school, name, contract_mbps, load_balanced"),
          Map.entry("register_date", "date"),
          Map.entry("enrolment_code", "secret_sha256, school, issued_millis, expires_millis"),
          Map.entry("agent", "id, school, kind, credential, enrolled_millis"),
          Map.entry("school_day", "school, date, format, calendar, body"),
          Map.entry("verdict", "school, profile, rule, date, body"),
          Map.entry("verdict_day", "school, profile, rule, date, outcome, evidence, disputed"),
          Map.entry(
              "verdict_change",
              "written_millis, school, profile, rule, date, outcome, evidence, disputed, reason"),
          Map.entry("judge_state", "id, clean, basis"),
          Map.entry("dirty_day", "school, date"),
          Map.entry("account", "name, role, school, password, created_at"),
          Map.entry(
              "declared_value", "unit, indicator, as_of, value, note, certificate, entered_millis"),
          Map.entry("maintenance", "school, from_millis, to_millis, reason"),
          Map.entry("maintenance_touched", "school, from_millis, to_millis"),
          Map.entry(
              "accepted_version", "kind, id, version, body, sha256, accepted_millis, in_force"),
          Map.entry("agent_configuration", "revision, agent, yaml, set_millis, set_by"),
          Map.entry(
              "discovered",
              "school, identity, mac, address, name, description, found_by, seen_at,"
                  + " first_seen_millis, last_seen_millis"),
          Map.entry("account_identity", "account, issuer, claim, value"),
          Map.entry("problem_ack", "cause, account, at_millis, comment"),
          Map.entry("problem_comment", "cause, account, at_millis, comment"),
          Map.entry("problem_ticket", "cause, number, assignee, state, account, at_millis"),
          Map.entry(
              "school_request",
              "kind, school, profile, rule, date, state, text, account, at_millis, changed_millis,"
                  + " outcome, evidence, disputed, value, threshold, unit, samples, window_from,"
                  + " window_to, profile_version, calendar_version"),
          Map.entry("school_request_step", "request, state, account, at_millis, text"),
          Map.entry(
              "school_request_file", "request, name, type, bytes, sha256, account, at_millis"),
          Map.entry("school_request_file_part", "file, place, content"),
          Map.entry("self_check", "school, round, state, account, at_millis, changed_millis"),
          Map.entry(
              "self_check_row",
              "self_check, item, statement, difference, evidence, measures, person, deadline,"
                  + " account, changed_millis"),
          Map.entry("kept_file", "sha256, bytes, packed"),
          Map.entry("kept_file_part", "file, place, content"),
          Map.entry("snapshot", "unit, school, profile, date, account, source, at_millis, file"),
          Map.entry("document", "kind, snapshot, title, account, source, at_millis, file"),
          Map.entry("document_scan", "document, version, name, type, account, at_millis, file"),
          Map.entry(
              "self_check_step", "self_check, state, account, at_millis, text, content, sha256"),
          Map.entry(
              "rectification_task",
              "school, profile, rule, date, value, threshold, unit, person, measure, deadline,"
                  + " state, done_day, failed_retests, account, at_millis, changed_millis"),
          Map.entry(
              "alert",
              "id, rule, kind, signal_key, region, schools, subject, params, state, since_millis,"
                  + " raised_millis, fired_millis, good_millis, ended_millis, value, classes, impact,"
                  + " turns, unsteady, held_by, planned, told, owes_end, evidence"),
          Map.entry("alert_step", "alert, at_millis, what, text"),
          Map.entry(
              "delivery",
              "channel, message_key, topic, tone, region, message, recipients, state, attempts,"
                  + " posted_millis, due_millis, sent_millis, reason"),
          Map.entry("milestone_done", "milestone, region, due, day, account, note"),
          Map.entry("placement", "school, address, seen_at, seen_millis"),
          Map.entry("mute", "rule, place, from_millis, until_millis, reason, account"),
          Map.entry("sample", "region, seed, of_schools, date, account, at_millis"),
          Map.entry("sample_school", "sample, place, school, found, note, account"),
          Map.entry("rectification_step", "task, state, account, at_millis, text"),
          Map.entry("backup", "folder, settings, state, told, asked_millis, changed_millis"),
          Map.entry("audit", "at_millis, account, source, action, subject, detail"),
          Map.entry(
              "api_token", "id, account, purpose, secret_sha256, created_millis, expires_millis"));

  private static Map<String, List<@Nullable Object[]>> contents(int rows) {
    Map<String, List<@Nullable Object[]>> all = new TreeMap<>();
    one(all, "region", "440307", "龙岗区", "Longgang", "COUNTY", null);
    one(all, "judge_state", 1, 1, "days 3; GD-2010-18 1");
    for (int i = 0; i < rows; i++) {
      String day = "2026-%02d-%02d".formatted(1 + i / 28, 1 + i % 28);
      String nth = (i % 2 == 0 ? "学校" : "Ä") + i;
      byte[] key = BYTES.clone();
      key[0] = (byte) i;
      one(
          all,
          "school",
          SCHOOL,
          nth,
          "",
          "440307",
          "PRIMARY",
          "A",
          "PUBLIC",
          "URBAN",
          900 + i,
          50,
          20,
          114.1 + i / 3.0,
          i % 2 == 0 ? null : 22.7,
          i % 2,
          null,
          day);
      one(all, "school_class", SCHOOL, nth, 1 + i, i % 2);
      one(all, "device", SCHOOL, "link", nth, "", "10.0.0.1", "snmp");
      one(all, "line", SCHOOL, nth, 0.1 * i, i % 2);
      one(all, "register_date", day);
      one(all, "enrolment_code", key, SCHOOL, 1_700_000_000_000L + i, Long.MAX_VALUE);
      one(all, "agent", "a-" + nth, SCHOOL, "agent", key, i);
      one(all, "school_day", SCHOOL, day, 3, "demo 1", key);
      one(all, "verdict", SCHOOL, "P", nth, day, "{\"n\":" + i + "}");
      one(all, "verdict_day", SCHOOL, "P", "R", day, "MET", "MEASURED", i % 2);
      one(all, "verdict_change", i, SCHOOL, "P", "R", day, "MET", "MEASURED", 0, "why\n'" + nth);
      one(all, "dirty_day", SCHOOL, day);
      one(all, "account", nth.toLowerCase(Locale.ROOT), "SCHOOL", SCHOOL, "hash", i);
      one(all, "account_identity", nth.toLowerCase(Locale.ROOT), "https://idp", "sub", nth);
      one(all, "audit", i, nth, "10.0.0.1", "account.add", nth, "{}");
      one(all, "api_token", "t" + i, nth.toLowerCase(Locale.ROOT), nth, key, i, i + 1);
      one(all, "declared_value", SCHOOL, "indicator", day, "12/12", "", null, i);
      one(all, "maintenance", SCHOOL, i, i + 1, nth);
      one(all, "maintenance_touched", SCHOOL, i, i + 1);
      one(all, "accepted_version", "profile", "P", "v" + i, "text", "00", i, i == 0 ? 1 : 0);
      one(all, "agent_configuration", i + 1, "a-1", "devices: []\n", i, "li");
      one(all, "backup", "/backup/" + i, "server.yaml", "DONE", nth, i, i + 1);
      one(all, "problem_ack", "LINE_DOWN." + nth, "li", i, i % 2 == 0 ? "" : nth);
      one(all, "problem_comment", "LINE_DOWN." + nth, "li", i, "called\n" + nth);
      one(all, "problem_ticket", "LINE_DOWN." + nth, "T-" + i, nth, "IN_WORK", "li", i);
      one(
          all,
          "school_request",
          i % 2 == 0 ? "RECHECK" : "OBJECTION",
          SCHOOL,
          "P",
          "R" + i,
          day,
          "OPEN",
          "why\n" + nth,
          "li",
          i,
          i + 1,
          "NOT_MET",
          "MEASURED",
          i % 2,
          i % 2 == 0 ? null : 0.1 * i,
          null,
          "Mbps",
          i,
          day,
          day,
          "P 1",
          "demo 1");
      one(all, "school_request_step", i + 1, "OPEN", "li", i, "");
      one(all, "school_request_file", i + 1, nth + ".pdf", "PDF", key.length, "00", "li", i);
      one(all, "school_request_file_part", i + 1, 0, key);
      one(all, "self_check", SCHOOL, "r" + i, "DRAFT", "li", i, i + 1);
      one(
          all,
          "self_check_row",
          i + 1,
          "NETWORK",
          nth,
          "",
          "",
          "",
          "li",
          i % 2 == 0 ? null : day,
          "li",
          i);
      one(all, "kept_file", "00", key.length, i % 2);
      one(all, "kept_file_part", i + 1, 0, key);
      one(all, "snapshot", "440307", i % 2, "P", day, "li", "10.0.0.1", i, i + 1);
      one(all, "document", "ACCEPTANCE", i + 1, nth, "", "console:li", i, i + 1);
      one(all, "document_scan", i + 1, 1, nth + ".pdf", "PDF", "li", i, i + 1);
      one(all, "self_check_step", i + 1, "SUBMITTED", "li", i, "", nth, i % 2 == 0 ? null : "00");
      one(
          all,
          "rectification_task",
          SCHOOL,
          "P",
          nth,
          day,
          i % 2 == 0 ? null : 0.1 * i,
          i % 2 == 0 ? null : 50.0,
          "Mbps",
          "",
          nth,
          day,
          "DONE",
          day,
          i,
          "li",
          i,
          i + 1);
      one(
          all,
          "alert",
          i + 1,
          "line-down",
          "LINE_DOWN",
          nth,
          "440307",
          "[]",
          "link:wan",
          "{}",
          "FIRING",
          i,
          i,
          i,
          null,
          null,
          3.5,
          2,
          30,
          "[]",
          0,
          null,
          1,
          "[]",
          0,
          "");
      one(all, "alert_step", i + 1, i, "FIRING", "");
      one(
          all,
          "delivery",
          "mail",
          nth,
          nth,
          "RED",
          "440307",
          "{}",
          "[]",
          "WAITING",
          i,
          i,
          i + 1,
          null,
          "");
      one(all, "milestone_done", "m" + nth, "440307", day, day, "li", nth);
      one(all, "placement", SCHOOL, nth, "core GE" + i, i);
      one(all, "mute", i % 2 == 0 ? null : "line-down", "440307", i, i + 9, "cables", "li");
      one(all, "sample", "440307", nth, i + 1, day, "li", i);
      one(all, "sample_school", i + 1, 0, SCHOOL, i % 2 == 0 ? "NOT_YET" : "DIFFERS", "", "");
      one(all, "rectification_step", i + 1, "DONE", "", i, nth);
      one(all, "discovered", SCHOOL, nth, "", nth, nth, "", "arp", "", i, i);
    }
    return all;
  }

  private static void one(
      Map<String, List<@Nullable Object[]>> all, String table, @Nullable Object... row) {
    all.computeIfAbsent(table, t -> new ArrayList<>()).add(row);
  }
}
