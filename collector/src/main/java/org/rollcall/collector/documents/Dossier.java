package org.rollcall.collector.documents;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.documents.MadeDocument.Scan;
import org.rollcall.collector.paper.NoFontException;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.snapshot.KeptFiles;
import org.rollcall.collector.snapshot.Snapshot;

/**
 * One county, one dossier (一县一档): every document of a region in every format, the snapshot they
 * say, earlier documents that were stamped with their scans, and a manifest with the SHA-256 of
 * each file, which {@code sha256sum -c} checks.
 */
public final class Dossier {
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final Documents documents;

  public Dossier(Documents documents) {
    this.documents = documents;
  }

  /** The documents of a new snapshot, one of each kind that a region has. */
  public List<MadeDocument> make(Actor by, String region, Profile profile, LocalDate date) {
    Snapshot snapshot = documents.snapshots().make(by, region, profile, date);
    List<MadeDocument> made = new ArrayList<>();
    for (DocumentKind kind : Documents.ofRegions()) {
      made.add(documents.make(by, kind, snapshot));
    }
    return made;
  }

  /**
   * Writes the dossier as a ZIP, one file at a time in memory.
   *
   * @param made documents of one snapshot, as {@link #make} gave them
   * @param units codes of the region and of all that lies in it: whose scans belong into it
   * @throws NoFontException if there is no font for its PDFs; nothing is written then
   */
  public void write(List<MadeDocument> made, Set<String> units, OutputStream out)
      throws IOException, NoFontException {
    Map<String, String> digests = new TreeMap<>();
    try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      for (MadeDocument document : made) {
        for (DocumentFormat format : DocumentFormat.values()) {
          put(zip, digests, document.fileName(format), documents.file(document, format));
        }
      }
      if (!made.isEmpty()) {
        MadeDocument first = made.get(0);
        String name = "snapshot-" + first.snapshot().number() + ".json";
        put(zip, digests, name, documents.snapshotJson(first));
      }
      for (MadeDocument document : documents.list()) {
        if (units.contains(document.snapshot().unit()) && !document.scans().isEmpty()) {
          scans(zip, digests, document);
        }
      }
      StringBuilder manifest = new StringBuilder();
      digests.forEach((name, sha) -> manifest.append(sha).append("  ").append(name).append('\n'));
      entry(zip, "SHA256SUMS", manifest.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private void scans(ZipOutputStream zip, Map<String, String> digests, MadeDocument document)
      throws IOException, NoFontException {
    String folder = "scans/" + document.id() + "/";
    put(zip, digests, folder + "document.json", documents.file(document, DocumentFormat.JSON));
    for (Scan scan : document.scans()) {
      String name = folder + "scan-" + scan.version() + "." + scan.type().suffix();
      put(zip, digests, name, documents.content(scan));
    }
  }

  private static void put(
      ZipOutputStream zip, Map<String, String> digests, String name, byte[] content)
      throws IOException {
    digests.put(name, KeptFiles.sha256(content));
    entry(zip, name, content);
  }

  private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(NO_TIME);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
