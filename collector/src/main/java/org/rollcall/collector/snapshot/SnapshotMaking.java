package org.rollcall.collector.snapshot;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.judge.Board;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.snapshot.SnapshotBody.ParameterFact;
import org.rollcall.collector.snapshot.SnapshotBody.ProfileFact;
import org.rollcall.collector.snapshot.SnapshotBody.RuleFact;
import org.rollcall.collector.snapshot.SnapshotBody.Unit;
import org.rollcall.collector.snapshot.Snapshots.Parts;

/** Gathers a snapshot. Lives as long as one making, on its thread. */
final class SnapshotMaking {
  /** Days that use, operation and maintenance are counted over. Project default. */
  static final int SPAN_DAYS = 30;

  private final Parts parts;

  SnapshotMaking(Parts parts) {
    this.parts = parts;
  }

  /** What the facts of one making are looked up in. */
  record Look(
      Parts parts,
      Register register,
      Profile profile,
      Board board,
      LocalDate from,
      LocalDate at,
      Map<String, Map<DeclaredIndicator, DeclaredValue>> declared,
      List<School> schools) {

    Map<DeclaredIndicator, DeclaredValue> declared(String unit) {
      return declared.getOrDefault(unit, Map.of());
    }

    /** Codes of its schools and of its regions. */
    Set<String> codes() {
      return schools.stream().map(School::code).collect(Collectors.toSet());
    }
  }

  SnapshotBody of(String code, Profile profile, LocalDate at) {
    Register register = parts.registry().at(at);
    Region region = register.region(code);
    School school = register.school(code);
    if (region == null && school == null) {
      throw new IllegalArgumentException(
          "The register has no region and no school " + code + " on " + at + ".");
    }
    List<School> schools = region == null && school != null ? List.of(school) : List.of();
    schools = region == null ? schools : register.schools(code);
    List<String> units = new ArrayList<>(schools.stream().map(School::code).toList());
    units.add(code);
    Look look =
        new Look(
            parts,
            register,
            profile,
            parts.board().apply(at),
            at.minusDays(SPAN_DAYS - 1L),
            at,
            parts.declared().of(units, at),
            schools);
    RegionFacts regions = new RegionFacts(look);
    boolean ofSchool = region == null;
    String lies = region == null && school != null ? school.region() : code;
    return new SnapshotBody(
        SnapshotBody.FORMAT,
        unit(register, region, school),
        profile(profile),
        parts.basis().get().calendars().version(),
        at.toString(),
        look.from().toString(),
        register.revision(),
        profile.rules().stream().map(rule -> rule(profile, rule)).toList(),
        profile.parameters().named().entrySet().stream()
            .map(
                p ->
                    new ParameterFact(
                        p.getKey(), p.getValue().value(), p.getValue().projectDefault()))
            .toList(),
        regions.regions(lies, ofSchool),
        new SchoolFacts(look).all(),
        ofSchool ? List.of() : regions.county(code),
        ofSchool ? List.of() : regions.evenness(),
        ofSchool ? List.of() : regions.gaps(),
        ofSchool ? null : regions.plan(),
        ofSchool ? List.of() : SchoolFacts.declared(look.declared(code)),
        new Overrides(look, ofSchool ? "" : code).all(),
        new MeasureRows(look).all());
  }

  private static Unit unit(Register register, @Nullable Region region, @Nullable School school) {
    if (region != null) {
      return new Unit(
          region.code(),
          region.name(),
          false,
          region.level().name(),
          register.breadcrumb(region.code()).stream().map(Region::name).toList());
    }
    if (school == null) {
      throw new IllegalStateException("BUG: neither a region nor a school");
    }
    List<String> path =
        new ArrayList<>(register.breadcrumb(school.region()).stream().map(Region::name).toList());
    path.add(school.name());
    return new Unit(school.code(), school.name(), true, null, path);
  }

  private static ProfileFact profile(Profile profile) {
    LocalDate issued = profile.issued();
    return new ProfileFact(
        profile.id(),
        profile.version(),
        profile.versions(),
        profile.title(),
        issued == null ? null : issued.toString(),
        profile.source());
  }

  private static RuleFact rule(Profile profile, Rule rule) {
    return new RuleFact(
        rule.id(),
        rule.title(),
        rule.article(),
        rule.quote(),
        rule.indicator().name(),
        rule.of(),
        rule.level() == Rule.Level.COUNTY,
        profile.headline().contains(rule),
        rule.appliesTo().tiers().stream().map(Enum::name).toList(),
        rule.target() == null ? null : AskedText.of(rule),
        rule.targetDefault(),
        rule.schoolsPercent());
  }
}
