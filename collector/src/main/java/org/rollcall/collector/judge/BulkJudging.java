package org.rollcall.collector.judge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.School;

/**
 * Judges many schools on all processors, some at a time. What comes of them is handed on in the
 * schools' order, on the caller's thread, and is the same as one school after the other. Only a few
 * parts are ahead of what was handed on, so memory does not grow with the number of schools. The
 * threads end with the call.
 */
final class BulkJudging {
  /** Schools whose days are read together: a month of them takes some ten megabytes. */
  private static final int PART = 25;

  /** Parts judged and not yet handed on, for each processor. */
  private static final int AHEAD = 2;

  private final SchoolJudging judging;
  private final int threads;

  BulkJudging(SchoolJudging judging) {
    this(judging, Runtime.getRuntime().availableProcessors());
  }

  BulkJudging(SchoolJudging judging, int threads) {
    this.judging = judging;
    this.threads = threads;
  }

  /** What came of a school: a result, or the failure because of which there is none. */
  record Outcome(
      School school, SchoolJudging.@Nullable Result result, @Nullable RuntimeException failure) {

    /** Its verdicts, or its failure. */
    SchoolJudging.Result orThrow() {
      if (result == null) {
        throw failure == null
            ? new IllegalStateException("BUG: neither judged nor failed")
            : failure;
      }
      return result;
    }
  }

  /**
   * Judges each of the schools. One that fails keeps no other from being judged.
   *
   * @param tasks makes a task for each of some schools, in their order; on any thread
   * @param sink gets the outcomes part by part; if it throws, nothing more is judged
   */
  void judge(
      List<School> schools,
      Function<List<School>, List<SchoolJudging.Task>> tasks,
      Consumer<List<Outcome>> sink) {
    if (schools.size() <= PART || threads == 1) {
      for (int i = 0; i < schools.size(); i += PART) {
        sink.accept(part(part(schools, i), tasks));
      }
      return;
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads, BulkJudging::daemon);
    try {
      Deque<Future<List<Outcome>>> ahead = new ArrayDeque<>();
      for (int i = 0; i < schools.size(); i += PART) {
        if (ahead.size() == AHEAD * threads) {
          sink.accept(get(ahead.remove()));
        }
        List<School> some = part(schools, i);
        ahead.add(pool.submit(() -> part(some, tasks)));
      }
      while (!ahead.isEmpty()) {
        sink.accept(get(ahead.remove()));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "judge-many");
    thread.setDaemon(true);
    return thread;
  }

  private static List<School> part(List<School> schools, int from) {
    return schools.subList(from, Math.min(schools.size(), from + PART));
  }

  private static List<Outcome> get(Future<List<Outcome>> part) {
    try {
      return part.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Judging was interrupted; what came of it so far stays.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("BUG: judging a part of the schools ended early", e);
    }
  }

  /** All at once; where that fails, one by one, so that the others are judged. */
  private List<Outcome> part(
      List<School> schools, Function<List<School>, List<SchoolJudging.Task>> tasks) {
    List<Outcome> outcomes = new ArrayList<>(schools.size());
    try {
      List<SchoolJudging.Result> results = judging.judge(tasks.apply(schools));
      for (int i = 0; i < schools.size(); i++) {
        outcomes.add(new Outcome(schools.get(i), results.get(i), null));
      }
      return outcomes;
    } catch (RuntimeException e) {
      if (schools.size() == 1) {
        return List.of(new Outcome(schools.get(0), null, e));
      }
    }
    schools.forEach(school -> outcomes.addAll(part(List.of(school), tasks)));
    return outcomes;
  }
}
