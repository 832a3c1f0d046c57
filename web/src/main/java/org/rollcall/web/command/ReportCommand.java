package org.rollcall.web.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.calendar.SchoolCalendars;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.documents.DocumentFormat;
import org.rollcall.collector.documents.DocumentKind;
import org.rollcall.collector.documents.Documents;
import org.rollcall.collector.documents.Dossier;
import org.rollcall.collector.documents.MadeDocument;
import org.rollcall.collector.judge.Basis;
import org.rollcall.collector.paper.NoFontException;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Profiles;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.snapshot.Snapshots;
import org.rollcall.config.SettingsException;
import org.rollcall.web.ServerSettings;
import org.rollcall.web.tiles.TileSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code ./rollcall report}: freezes a snapshot, makes a document of it and writes it to a file.
 */
@Command(
    name = "report",
    description =
        "Makes a document of a frozen snapshot; both are kept and stand in the audit log.",
    footer = {
      "",
      "KIND: acceptance, application, quarterly, not-met, operations, power-on of a region;",
      "self-check, power-on of a school; dossier: all of a region, as a ZIP.",
      "The ending of FILE says the format: .pdf, .xlsx, .csv or .json; .zip for a dossier."
    },
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  private static final String DOSSIER = "dossier";

  @Mixin private ConfigOption config = new ConfigOption();

  @Parameters(paramLabel = "KIND", description = "What to make; see below.")
  private String kind = "";

  @Option(names = "--region", paramLabel = "R")
  private @Nullable String region;

  @Option(names = "--school", paramLabel = "S")
  private @Nullable String school;

  @Option(names = "--profile", paramLabel = "P", description = "Default: the one of the settings.")
  private @Nullable String profile;

  @Option(names = "--at", paramLabel = "D", description = "The day it shows (default: today).")
  private @Nullable LocalDate at;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true)
  private Path output = Path.of("");

  @Override
  public Integer call() throws SettingsException, IOException {
    String unit = unit();
    Clock clock = Clock.systemUTC();
    ServerSettings settings = config.settings();
    SchoolCalendars calendars = SchoolCalendars.read(settings.calendar());
    Profile judgedBy = profile(settings);
    LocalDate today = calendars.dateOf(clock.instant());
    LocalDate date = at == null ? today : at;
    if (date.isAfter(today)) {
      throw new Fault("--at " + date + " has not come yet: today is " + today + ".");
    }
    Basis basis = new Basis(List.of(judgedBy), calendars);
    try (Database database = config.database(settings)) {
      Snapshots.Parts parts = Snapshots.Parts.of(database, basis, clock);
      TileSettings ground = settings.tiles();
      Documents documents =
          new Documents(
              database,
              new Snapshots(parts, database, clock),
              parts.audit(),
              clock,
              new Documents.Settings(
                  settings.documentFont(), ground == null ? null : ground.approval()));
      Register register = parts.registry().at(date);
      known(register, unit);
      if (kind.equals(DOSSIER)) {
        dossier(documents, register, unit, judgedBy, date);
      } else {
        document(documents, unit, judgedBy, date);
      }
    } catch (NoFontException e) {
      throw new Fault(e.getMessage() + " Files .xlsx, .csv and .json need none.");
    }
    return 0;
  }

  private String unit() {
    if (region != null && school == null) {
      return region;
    }
    if (school != null && region == null) {
      return school;
    }
    throw new Fault("Say of what: either --region R or --school S.");
  }

  private void known(Register register, String unit) {
    if (region != null && register.region(unit) == null) {
      throw new Fault("There is no region " + unit + " in the register.");
    }
    if (school != null && register.school(unit) == null) {
      throw new Fault("There is no school " + unit + " in the register.");
    }
  }

  private Profile profile(ServerSettings settings) throws SettingsException {
    Profiles known = Profiles.read(settings.targets());
    String id = profile == null ? settings.profiles().get(0) : profile;
    Profile found = known.get(id);
    if (found == null) {
      throw new Fault(
          "There is no profile " + id + "; known: " + String.join(", ", known.byId().keySet()));
    }
    return found;
  }

  private String ending() {
    String name = output.toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private void document(Documents documents, String unit, Profile judgedBy, LocalDate date)
      throws IOException, NoFontException {
    DocumentKind made = DocumentKind.of(kind);
    if (made == null || !made.isOf(school != null)) {
      throw new Fault(
          "There is no document '"
              + kind
              + "' of a "
              + (school == null ? "region" : "school")
              + "; there are: "
              + String.join(
                  ", ",
                  Arrays.stream(DocumentKind.values())
                      .filter(each -> each.isOf(school != null))
                      .map(DocumentKind::id)
                      .toList())
              + ".");
    }
    DocumentFormat format = DocumentFormat.of(ending());
    if (format == null) {
      throw new Fault("The file " + output + " must end with .pdf, .xlsx, .csv or .json.");
    }
    documents.requireFont(format);
    MadeDocument document = documents.make(Actor.console(), made, unit, judgedBy, date);
    Files.write(output, documents.file(document, format));
    System.out.printf(
        "%s: document %d of snapshot %d%nsnapshot SHA-256 %s%ndocument SHA-256 %s%n",
        output,
        document.id(),
        document.snapshot().number(),
        document.snapshot().sha256(),
        document.sha256());
  }

  private void dossier(
      Documents documents, Register register, String unit, Profile judgedBy, LocalDate date)
      throws IOException, NoFontException {
    if (school != null || !ending().equals("zip")) {
      throw new Fault("A dossier is of a --region, and its file ends with .zip.");
    }
    documents.requireFont(DocumentFormat.PDF);
    Set<String> units = new HashSet<>(Set.of(unit));
    register.schools(unit).forEach(one -> units.add(one.code()));
    Dossier dossier = new Dossier(documents);
    List<MadeDocument> made = dossier.make(Actor.console(), unit, judgedBy, date);
    try (OutputStream out = Files.newOutputStream(output)) {
      dossier.write(made, units, out);
    }
    System.out.printf(
        "%s: %d documents of snapshot %d%nsnapshot SHA-256 %s%n",
        output, made.size(), made.get(0).snapshot().number(), made.get(0).snapshot().sha256());
  }
}
