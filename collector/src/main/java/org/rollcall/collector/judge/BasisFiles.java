package org.rollcall.collector.judge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.rollcall.collector.calendar.SchoolCalendars;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.ProfileShelf;
import org.rollcall.config.Problem;
import org.rollcall.config.SettingsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the basis in step with the files people edit: the folders of targets and of calendars are
 * read again every few seconds. What is wrong with a file is said once, and the last good version
 * stays in force. Has one thread between {@link #start} and {@link #close}.
 */
public final class BasisFiles implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(BasisFiles.class);

  private final ProfileShelf shelf;
  private final List<String> judgedBy;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(BasisFiles::daemon);
  private volatile List<Problem> problems = List.of();
  private volatile Basis basis;

  private BasisFiles(ProfileShelf shelf, List<String> judgedBy, SchoolCalendars calendars)
      throws SettingsException {
    this.shelf = shelf;
    this.judgedBy = List.copyOf(judgedBy);
    ProfileShelf.Look look = shelf.look(judgedBy);
    this.basis = new Basis(profiles(look), calendars);
    tell(look.problems());
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "basis-files");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Reads the targets for the first time.
   *
   * @param judgedBy ids of the profiles to judge by, the one that pages show first in front
   * @throws SettingsException if one of them has no version that can be used
   */
  public static BasisFiles open(
      ProfileShelf shelf, List<String> judgedBy, SchoolCalendars calendars)
      throws SettingsException {
    return new BasisFiles(shelf, judgedBy, calendars);
  }

  /** What is in force. */
  public Basis basis() {
    return basis;
  }

  /** What is wrong with the files as they are now; empty when everything was taken. */
  public List<Problem> problems() {
    return problems;
  }

  /** Looks again from time to time and hands on what is new. */
  @SuppressWarnings("FutureReturnValueIgnored") // the work says its own failures
  public void start(Consumer<Basis> whenNew) {
    thread.scheduleWithFixedDelay(
        () -> {
          try {
            look(whenNew);
          } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("Targets and calendars could not be read again");
          }
        },
        PERIOD.toSeconds(),
        PERIOD.toSeconds(),
        TimeUnit.SECONDS);
  }

  /** Looks at once and waits until that is done. */
  void lookNow(Consumer<Basis> whenNew) {
    try {
      thread.submit(() -> look(whenNew)).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Targets and calendars could not be read again", e);
    }
  }

  private void look(Consumer<Basis> whenNew) {
    List<Problem> found = new ArrayList<>();
    Basis newer = new Basis(profiles(found), calendars(found));
    tell(found);
    if (!newer.equals(basis)) {
      basis = newer;
      LOG.atInfo().addKeyValue("versions", newer.versions()).log("Judging by other versions");
      whenNew.accept(newer);
    }
  }

  private List<Profile> profiles(List<Problem> found) {
    try {
      ProfileShelf.Look look = shelf.look(judgedBy);
      found.addAll(look.problems());
      return profiles(look);
    } catch (SettingsException e) {
      found.addAll(e.problems());
      return basis.profiles();
    }
  }

  private List<Profile> profiles(ProfileShelf.Look look) {
    List<Profile> chosen = new ArrayList<>();
    for (String id : judgedBy) {
      Profile profile = look.profiles().get(id);
      if (profile != null) {
        chosen.add(profile);
      }
    }
    return chosen;
  }

  private SchoolCalendars calendars(List<Problem> found) {
    try {
      return basis.calendars().reread();
    } catch (SettingsException e) {
      found.addAll(e.problems());
      return basis.calendars();
    }
  }

  /** Says what is new of what is wrong. */
  private void tell(List<Problem> found) {
    for (Problem problem : found) {
      if (!problems.contains(problem)) {
        LOG.atError()
            .addKeyValue("place", problem.path())
            .addKeyValue("value", problem.value())
            .addKeyValue("reason", problem.reason())
            .addKeyValue("hint", problem.hint())
            .log("A file of targets or calendars was not taken; the last good version stays");
      }
    }
    problems = List.copyOf(found);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
