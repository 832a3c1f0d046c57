package org.rollcall.collector.registry.imports;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rollcall.collector.registry.RegisterChange.Counts;
import org.rollcall.collector.registry.School.Tier;

/**
 * What an import did, or why it did nothing.
 *
 * @param what regions, schools, classes, devices, lines or declared
 * @param dryRun nothing was written, whatever the counts say
 * @param counts what was, or would be, written; all zero if there are problems
 * @param suggestedTiers schools without a tier of their own, by the tier the rules gave them
 * @param provisionalRegions codes of regions made from school rows, which have no name yet
 * @param notes what else there is to say
 * @param problems the first thousand, row by row
 * @param problemCount all of them
 */
public record ImportResult(
    String what,
    Path file,
    boolean dryRun,
    Counts counts,
    Map<Tier, Integer> suggestedTiers,
    List<String> provisionalRegions,
    List<Note> notes,
    List<Problem> problems,
    int problemCount) {

  public ImportResult {
    suggestedTiers = Map.copyOf(suggestedTiers);
    provisionalRegions = List.copyOf(provisionalRegions);
    notes = List.copyOf(notes);
    problems = List.copyOf(problems);
  }

  static ImportResult refused(String what, Path file, boolean dryRun, Problems problems) {
    return new ImportResult(
        what,
        file,
        dryRun,
        new Counts(0, 0, 0),
        Map.of(),
        List.of(),
        List.of(),
        problems.kept(),
        problems.count());
  }

  ImportResult with(Map<Tier, Integer> tiers, List<String> provisional) {
    return new ImportResult(
        what, file, dryRun, counts, tiers, provisional, notes, problems, problemCount);
  }

  /** Whether the file was good. */
  public boolean ok() {
    return problemCount == 0;
  }

  /** The lines to show, the summary last. */
  public List<String> lines(Locale locale) {
    Messages messages = new Messages(locale);
    List<String> lines = new ArrayList<>();
    if (!ok()) {
      problems.forEach(problem -> lines.add(problem.text(locale)));
      if (problemCount > problems.size()) {
        lines.add(messages.text("more-problems", problemCount - problems.size()));
      }
      lines.add(messages.text("refused", file, problemCount));
      return lines;
    }
    if (!provisionalRegions.isEmpty()) {
      lines.add(messages.text("provisional-regions", provisionalRegions.size()));
    }
    if (!suggestedTiers.isEmpty()) {
      lines.add(
          messages.text(
              "tiers-suggested",
              suggestedTiers.values().stream().mapToInt(Integer::intValue).sum(),
              suggestedTiers.getOrDefault(Tier.A, 0),
              suggestedTiers.getOrDefault(Tier.B, 0),
              suggestedTiers.getOrDefault(Tier.C, 0)));
    }
    notes.forEach(note -> lines.add(note.text(locale)));
    lines.add(
        messages.text(
            dryRun ? "would-import" : "imported",
            messages.text(what),
            counts.inserted(),
            counts.changed(),
            counts.unchanged()));
    return lines;
  }
}
