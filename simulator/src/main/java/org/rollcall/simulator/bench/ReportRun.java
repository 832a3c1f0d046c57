package org.rollcall.simulator.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.calendar.SchoolCalendars;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.documents.DocumentFormat;
import org.rollcall.collector.documents.DocumentKind;
import org.rollcall.collector.documents.Documents;
import org.rollcall.collector.documents.MadeDocument;
import org.rollcall.collector.documents.Printed;
import org.rollcall.collector.judge.Basis;
import org.rollcall.collector.paper.NoFontException;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Profiles;
import org.rollcall.collector.snapshot.Snapshot;
import org.rollcall.collector.snapshot.Snapshots;
import org.rollcall.config.SettingsException;

/**
 * Makes the acceptance report of what {@link BenchProvince} made, in a process of its own. Prints
 * one JSON object, described in {@link ReportBench}.
 */
public final class ReportRun {
  private static final String PROFILE = "GD-2010-18";

  private ReportRun() {}

  /** Arguments: the folder of the province, and where the files are to be kept or {@code -}. */
  public static void main(String[] arguments)
      throws SettingsException, IOException, NoFontException {
    Path folder = Path.of(arguments[0]);
    Profile profile =
        Objects.requireNonNull(Profiles.read(BenchProvince.config("targets")).get(PROFILE));
    Basis basis = new Basis(List.of(profile), SchoolCalendars.everywhere(BenchProvince.calendar()));
    try (Database database = Database.open(BenchProvince.database(folder), Database.Sync.PROCESS)) {
      Snapshots.Parts parts = Snapshots.Parts.of(database, basis, BenchProvince.CLOCK);
      Snapshots snapshots = new Snapshots(parts, database, BenchProvince.CLOCK);
      Documents documents =
          new Documents(
              database, snapshots, parts.audit(), BenchProvince.CLOCK, Documents.Settings.NONE);
      System.out.println(measure(snapshots, documents, profile, arguments[1]));
    }
  }

  private static String measure(
      Snapshots snapshots, Documents documents, Profile profile, String keep)
      throws IOException, NoFontException {
    heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
    long began = System.nanoTime();
    Snapshot snapshot =
        snapshots.make(Actor.console(), BenchProvince.ROOT, profile, BenchProvince.LAST);
    long frozen = System.nanoTime();
    MadeDocument made = documents.make(Actor.console(), DocumentKind.ACCEPTANCE, snapshot);
    long written = System.nanoTime();
    Printed printed = documents.print(made);
    long ended = System.nanoTime();
    double peakMiB =
        heapPools().stream().mapToLong(p -> p.getPeakUsage().getUsed()).sum() / 1048576.0;
    if (!keep.equals("-")) {
      for (DocumentFormat format : DocumentFormat.values()) {
        Files.write(
            Path.of(keep).resolve("acceptance." + format.suffix()), documents.file(made, format));
      }
    }
    return String.format(
        Locale.ROOT,
        "{\"seconds\":%.3f,\"peakHeapMiB\":%.0f,\"pdfBytes\":%d,\"pages\":%d,"
            + "\"snapshotSeconds\":%.3f,\"documentSeconds\":%.3f,\"pdfSeconds\":%.3f,"
            + "\"snapshotBytes\":%d}",
        (ended - began) / 1e9,
        peakMiB,
        printed.content().length,
        printed.pages(),
        (frozen - began) / 1e9,
        (written - frozen) / 1e9,
        (ended - written) / 1e9,
        snapshot.file().bytes());
  }

  private static List<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }
}
