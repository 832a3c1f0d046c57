package org.rollcall.collector.profile;

import java.util.ArrayList;
import java.util.List;
import org.rollcall.config.Problem;

/** Gathers what is wrong with one file. */
final class Findings {
  private final List<Problem> problems = new ArrayList<>();

  void add(String path, Object value, String reason, String hint) {
    problems.add(new Problem(path, value.toString(), reason, hint));
  }

  void addAll(List<Problem> more) {
    problems.addAll(more);
  }

  int size() {
    return problems.size();
  }

  List<Problem> list() {
    return List.copyOf(problems);
  }
}
