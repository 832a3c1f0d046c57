package org.rollcall.collector.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.accepted.AcceptedVersions;
import org.rollcall.collector.accepted.AcceptedVersions.Accepted;
import org.rollcall.collector.accepted.AcceptedVersions.Good;
import org.rollcall.config.Problem;
import org.rollcall.config.SettingsException;

/**
 * The profiles in force: those of a folder, and in place of each file that cannot be taken the
 * version of it that was taken last. A file cannot be taken when something is wrong with it, or
 * when it changed and its version did not. A file that is gone takes its profile with it, unless
 * the profile is needed. Has no thread; one caller at a time, blocks on disk and database.
 */
public final class ProfileShelf {
  private final Path folder;
  private final AcceptedVersions accepted;

  /**
   * What is in force after a look at the folder.
   *
   * @param problems why files were not taken, the file's name before the place
   * @param kept id and version of each profile that stays as it was in place of its file
   */
  public record Look(Profiles profiles, List<Problem> problems, List<String> kept) {
    public Look {
      problems = List.copyOf(problems);
      kept = List.copyOf(kept);
    }
  }

  /** A text that may come into force. */
  private record Choice(String text, boolean fromFile) {}

  public ProfileShelf(Path folder, AcceptedVersions accepted) {
    this.folder = folder;
    this.accepted = accepted;
  }

  /**
   * Looks at the folder and puts what can be taken in force.
   *
   * @param needed ids of profiles without which nothing can be judged
   * @throws SettingsException if one of them has no version that can be used; then nothing changes
   */
  public Look look(Collection<String> needed) throws SettingsException {
    Map<String, Accepted> before = new TreeMap<>();
    accepted.inForce().forEach(one -> before.put(one.id(), one));
    List<Problem> problems = new ArrayList<>();
    Map<String, Choice> choices = choices(before, problems);
    for (String id : needed) {
      missing(id, choices, before, problems);
    }
    Resolution resolution = settle(choices, before, problems);
    Map<String, Profile> good = new TreeMap<>();
    for (String id : choices.keySet()) {
      Profile profile = resolution.profile(id);
      if (profile == null) {
        throw new IllegalStateException("BUG: the profile " + id + " is bad and was chosen");
      }
      good.put(id, profile);
    }
    for (String id : needed) {
      if (!good.containsKey(id)) {
        problems.add(
            new Problem(
                id + ".yaml",
                id,
                "no version of it can be used",
                "mend the file; nothing can be judged without it"));
        throw new SettingsException(folder.toString(), problems);
      }
    }
    accepted.putInForce(
        good.values().stream()
            .map(p -> new Good(p.id(), p.version(), text(choices, p.id())))
            .toList());
    return new Look(new Profiles(good), problems, kept(choices, good));
  }

  private static String text(Map<String, Choice> choices, String id) {
    Choice choice = choices.get(id);
    return choice == null ? "" : choice.text();
  }

  private static List<String> kept(Map<String, Choice> choices, Map<String, Profile> good) {
    return good.values().stream()
        .filter(
            p -> {
              Choice choice = choices.get(p.id());
              return choice != null && !choice.fromFile();
            })
        .map(p -> p.id() + " " + p.version())
        .toList();
  }

  /** The folder's texts; where the folder cannot be read, all that was in force. */
  private Map<String, Choice> choices(Map<String, Accepted> before, List<Problem> problems) {
    Map<String, Choice> choices = new TreeMap<>();
    Map<String, String> texts;
    try {
      texts = ProfileFolder.texts(folder);
    } catch (SettingsException e) {
      problems.addAll(e.problems());
      before.forEach((id, last) -> choices.put(id, new Choice(last.body(), false)));
      return choices;
    }
    texts.forEach(
        (id, text) -> {
          Accepted same = sameVersion(id, text);
          if (same == null || same.is(text)) {
            choices.put(id, new Choice(text, true));
            return;
          }
          problems.add(
              new Problem(
                  id + ".yaml: version",
                  same.version(),
                  "the file changed and its version did not",
                  "change the version with every change: verdicts name it"));
          Accepted last = before.get(id);
          choices.put(id, new Choice((last == null ? same : last).body(), false));
        });
    return choices;
  }

  /** The version of this name that was taken before; null when the text tells none. */
  private @Nullable Accepted sameVersion(String id, String text) {
    try {
      return accepted.find(id, Resolution.written(id, text).version());
    } catch (SettingsException e) {
      return null;
    }
  }

  /** What is needed and has no file stays as it was. */
  private static void missing(
      String id,
      Map<String, Choice> choices,
      Map<String, Accepted> before,
      List<Problem> problems) {
    Accepted last = before.get(id);
    if (!choices.containsKey(id) && last != null) {
      problems.add(
          new Problem(id + ".yaml", "(file)", "the file is gone, and it is needed", "put it back"));
      choices.put(id, new Choice(last.body(), false));
    }
  }

  /**
   * Replaces what is bad by what was in force, and where there was nothing, takes it away, until
   * all is good. Ends because every round moves one choice from the file to what was in force, or
   * away.
   */
  private static Resolution settle(
      Map<String, Choice> choices, Map<String, Accepted> before, List<Problem> problems) {
    Set<String> removed = new HashSet<>();
    while (true) {
      Resolution resolution =
          new Resolution(
              id -> {
                Choice choice = choices.get(id);
                return choice == null ? null : choice.text();
              });
      String bad = firstBad(choices, resolution);
      if (bad == null) {
        return resolution;
      }
      Set<Problem> why = new LinkedHashSet<>();
      resolution.problems(bad).forEach(problem -> why.add(ProfileFolder.in(bad, problem)));
      why.stream().filter(problem -> !problems.contains(problem)).forEach(problems::add);
      String parent = parent(bad, choices);
      Accepted last = before.get(bad);
      if (fromFile(choices, bad) && last != null) {
        choices.put(bad, new Choice(last.body(), false));
      } else if (last != null
          && parent != null
          && !removed.contains(parent)
          && !kept(choices, parent)) {
        // Its parent changed under it, or went: then the parent stays as it was, too.
        Accepted parentsLast = before.get(parent);
        if (parentsLast == null) {
          removed.add(bad);
          choices.remove(bad);
        } else {
          choices.put(parent, new Choice(parentsLast.body(), false));
        }
      } else {
        removed.add(bad);
        choices.remove(bad);
      }
    }
  }

  private static boolean fromFile(Map<String, Choice> choices, String id) {
    Choice choice = choices.get(id);
    return choice != null && choice.fromFile();
  }

  private static boolean kept(Map<String, Choice> choices, String id) {
    Choice choice = choices.get(id);
    return choice != null && !choice.fromFile();
  }

  /** The first bad one whose own fault it is. */
  private static @Nullable String firstBad(Map<String, Choice> choices, Resolution resolution) {
    String last = null;
    for (String id : choices.keySet()) {
      if (resolution.profile(id) == null) {
        last = id;
        if (!resolution.parentsFault(id)) {
          return id;
        }
      }
    }
    return last;
  }

  private static @Nullable String parent(String id, Map<String, Choice> choices) {
    Choice choice = choices.get(id);
    try {
      return choice == null ? null : Resolution.written(id, choice.text()).inherits();
    } catch (SettingsException e) {
      return null;
    }
  }
}
