package org.rollcall.collector.profile;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.profile.Parameters.Parameter;
import org.rollcall.collector.profile.ProfileFile.ParameterFile;

/** Makes a profile's parameters out of what its file says and what its parent has. */
final class ParameterReading {
  private final ProfileFile file;
  private final @Nullable Profile parent;
  private final Findings findings;
  private final Map<ParameterName, Parameter> read = new EnumMap<>(ParameterName.class);

  ParameterReading(ProfileFile file, @Nullable Profile parent, Findings findings) {
    this.file = file;
    this.parent = parent;
    this.findings = findings;
  }

  /** Null when some are missing. */
  @Nullable Parameters read() {
    if (parent != null) {
      for (ParameterName name : ParameterName.values()) {
        read.put(name, name.of(parent.parameters()));
      }
    }
    file.parameters().forEach(this::one);
    for (ParameterName name : ParameterName.values()) {
      if (!read.containsKey(name) && !file.parameters().containsKey(name.word())) {
        findings.add(
            path(name),
            "(missing)",
            "nothing is inherited that sets it",
            "set it, or inherit PROJECT-DEFAULTS");
      }
    }
    if (read.size() < ParameterName.values().length) {
      return null;
    }
    Parameters parameters = Parameters.of(read);
    together(parameters);
    return parameters;
  }

  private static String path(ParameterName name) {
    return "parameters." + name.word();
  }

  private void one(String word, ParameterFile written) {
    ParameterName name = ParameterName.named(word);
    if (name == null) {
      findings.add(
          "parameters." + word,
          Target.text(written.value()),
          "there is no such parameter",
          "known here: "
              + String.join(
                  ", ", Arrays.stream(ParameterName.values()).map(ParameterName::word).toList()));
      return;
    }
    String fault = name.fault(written.value());
    if (fault != null) {
      findings.add(path(name), Target.text(written.value()), fault, name.range());
      return;
    }
    Parameter inherited = parent == null ? null : name.of(parent.parameters());
    if (!written.projectDefault() && blank(written.article())) {
      findings.add(
          path(name) + ".article",
          "(missing)",
          "it is said to be the policy's",
          "say where the policy says it, or mark it projectDefault: true");
    }
    if (file.base() && !written.projectDefault()) {
      findings.add(
          path(name) + ".projectDefault",
          false,
          "a base holds no policy",
          "mark it projectDefault: true");
    }
    read.put(name, inherited == null ? first(written) : anew(name, written, inherited));
  }

  private static Parameter first(ParameterFile written) {
    return new Parameter(written.value(), written.projectDefault(), written.note());
  }

  private Parameter anew(ParameterName name, ParameterFile written, Parameter inherited) {
    if (blank(written.note())) {
      findings.add(
          path(name) + ".note",
          "(missing)",
          "an inherited number is set anew",
          "say who sets it and why");
    }
    if (!inherited.projectDefault()) {
      if (written.projectDefault()) {
        findings.add(
            path(name) + ".projectDefault",
            true,
            "the number is a policy's, set by a profile this one inherits",
            "write false, and the article that asks more");
      } else if (name.looser(written.value(), inherited.value())) {
        findings.add(
            path(name),
            Target.text(written.value()),
            "it would be looser than the policy's " + Target.text(inherited.value()),
            "a profile may only tighten what it inherits");
      }
    }
    return new Parameter(
        written.value(), written.projectDefault(), file.id() + ": " + written.note());
  }

  private static boolean blank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  private void together(Parameters p) {
    if (p.basicallyPercent().value() > p.fullyPercent().value()) {
      findings.add(
          path(ParameterName.BASICALLY_PERCENT),
          Target.text(p.basicallyPercent().value()),
          "it is above fullyPercent",
          "basically achieved asks less than fully achieved");
    }
    if (p.minAliveSchoolDays().value() > p.aliveSchoolDays().value()) {
      findings.add(
          path(ParameterName.MIN_ALIVE_SCHOOL_DAYS),
          Target.text(p.minAliveSchoolDays().value()),
          "it is above aliveSchoolDays, so no class could ever be judged",
          "use at most " + p.aliveSchoolDays().whole());
    }
  }
}
