package org.rollcall.collector.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.Problem;
import org.rollcall.config.SettingsException;

/** The profiles of a folder, by id, with everything they inherit. */
public record Profiles(Map<String, Profile> byId) {
  public Profiles {
    byId = Collections.unmodifiableMap(new TreeMap<>(byId));
  }

  /**
   * Reads every profile of a folder.
   *
   * @throws SettingsException naming everything that is wrong with any of them, the file's name
   *     before the place
   */
  public static Profiles read(Path folder) throws SettingsException {
    Map<String, String> texts = ProfileFolder.texts(folder);
    Resolution resolution = new Resolution(texts::get);
    Map<String, Profile> good = new TreeMap<>();
    List<Problem> problems = new ArrayList<>();
    for (String id : texts.keySet()) {
      Profile profile = resolution.profile(id);
      if (profile != null) {
        good.put(id, profile);
      }
      resolution.problems(id).forEach(problem -> problems.add(ProfileFolder.in(id, problem)));
    }
    if (texts.isEmpty()) {
      problems.add(
          new Problem("(folder)", folder.toString(), "it holds no profile", "put ID.yaml into it"));
    }
    if (!problems.isEmpty()) {
      throw new SettingsException(folder.toString(), problems);
    }
    return new Profiles(good);
  }

  public @Nullable Profile get(String id) {
    return byId.get(id);
  }

  /** All of them, by id. */
  public Collection<Profile> all() {
    return byId.values();
  }

  /** Those that somebody can be judged by. */
  public List<Profile> judging() {
    return byId.values().stream().filter(profile -> !profile.base()).toList();
  }
}
