package org.rollcall.collector.documents;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.documents.Document.Block;
import org.rollcall.collector.documents.Document.Column;
import org.rollcall.collector.documents.Document.Table;
import org.rollcall.collector.snapshot.SchoolFact;
import org.rollcall.collector.snapshot.SchoolFact.VerdictFact;
import org.rollcall.collector.snapshot.Snapshot;
import org.rollcall.collector.snapshot.SnapshotBody;
import org.rollcall.collector.snapshot.SnapshotBody.DeclaredFact;
import org.rollcall.collector.snapshot.SnapshotBody.RegionFact;
import org.rollcall.collector.snapshot.SnapshotBody.RuleFact;

/** A snapshot with what documents look up in it. */
final class Facts {
  private final Snapshot snapshot;
  private final SnapshotBody body;
  private final Map<String, RuleFact> rules = new HashMap<>();
  private final Map<String, RegionFact> regions = new HashMap<>();
  private final Map<String, SchoolFact> schools = new HashMap<>();

  Facts(Snapshot snapshot, SnapshotBody body) {
    this.snapshot = snapshot;
    this.body = body;
    body.rules().forEach(rule -> rules.put(rule.id(), rule));
    body.regions().forEach(region -> regions.put(region.code(), region));
    body.schools().forEach(school -> schools.put(school.code(), school));
  }

  Snapshot snapshot() {
    return snapshot;
  }

  SnapshotBody body() {
    return body;
  }

  String name() {
    return body.unit().name();
  }

  /** The region's own row. */
  RegionFact region() {
    return body.regions().get(0);
  }

  /** The name of a region; its code where the snapshot does not hold it. */
  String regionName(String code) {
    RegionFact region = regions.get(code);
    return region == null ? code : region.name();
  }

  /** The name of a school or region; its code where the snapshot does not hold it. */
  String unitName(String code) {
    SchoolFact school = schools.get(code);
    return school == null ? regionName(code) : school.name();
  }

  @Nullable SchoolFact school(String code) {
    return schools.get(code);
  }

  RuleFact rule(String id) {
    RuleFact rule = rules.get(id);
    if (rule == null) {
      throw new IllegalStateException("BUG: a verdict of the rule " + id + ", which is not held");
    }
    return rule;
  }

  /** The rules about this, in the profile's order. */
  List<RuleFact> rules(String indicator) {
    return body.rules().stream().filter(rule -> rule.indicator().equals(indicator)).toList();
  }

  /** A school's verdicts about this that are not "not applicable", in the profile's order. */
  List<VerdictFact> verdicts(SchoolFact school, String indicator) {
    return school.verdicts().stream()
        .filter(verdict -> rule(verdict.rule()).indicator().equals(indicator))
        .filter(verdict -> !verdict.outcome().equals("NOT_APPLICABLE"))
        .toList();
  }

  /** The worst of a school's headline verdicts; null when none speaks of it. */
  @Nullable String standing(SchoolFact school) {
    List<String> worstFirst = List.of("NOT_MET", "INSUFFICIENT_DATA", "MET");
    for (String outcome : worstFirst) {
      for (VerdictFact verdict : school.verdicts()) {
        if (rule(verdict.rule()).headline() && verdict.outcome().equals(outcome)) {
          return outcome;
        }
      }
    }
    return null;
  }

  /** The regions directly below the unit; itself where there are none. */
  List<RegionFact> divisions() {
    List<RegionFact> below =
        body.regions().stream().filter(region -> region().code().equals(region.parent())).toList();
    return below.isEmpty() ? List.of(region()) : below;
  }

  List<SchoolFact> schools(Predicate<SchoolFact> which) {
    return body.schools().stream().filter(which).toList();
  }

  /** The text of a declared value; null where none is declared. */
  static @Nullable String declared(List<DeclaredFact> declared, String indicator) {
    for (DeclaredFact fact : declared) {
      if (fact.indicator().equals(indicator)) {
        return fact.value();
      }
    }
    return null;
  }

  static Block table(
      String name, String title, List<Column> columns, List<List<String>> rows, String note) {
    Table table = new Table(name, name + " " + title, columns, rows, note);
    return new Block(Document.Kind.TABLE, 0, "", table, List.of());
  }

  /** The same texts numbered from 1 in front. */
  static List<List<String>> numbered(List<List<String>> rows) {
    List<List<String>> numbered = new ArrayList<>();
    for (List<String> row : rows) {
      List<String> one = new ArrayList<>();
      one.add(Integer.toString(numbered.size() + 1));
      one.addAll(row);
      numbered.add(one);
    }
    return numbered;
  }
}
