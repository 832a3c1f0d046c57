package org.rollcall.collector.proof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.day.MaintenanceWindow;
import org.rollcall.collector.day.MaintenanceWindows;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.evidence.EvidenceFiles;
import org.rollcall.collector.evidence.EvidenceFiles.DayPart;
import org.rollcall.collector.evidence.EvidenceFiles.SchoolPart;
import org.rollcall.collector.evidence.SignedHead;
import org.rollcall.collector.judge.Basis;
import org.rollcall.collector.judge.JudgeInput;
import org.rollcall.collector.judge.Rejudgement;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.paper.NoFontException;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Profiles;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;
import org.rollcall.config.SettingsException;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.ReportChain;

/**
 * Makes proofs, from the register and the evidence log alone, beside a server or within it. Any
 * thread; blocks on disk and database.
 */
public final class ProofMaker {
  /** An agent's clock may be ahead by a day. */
  private static final int DAYS_AHEAD = 1;

  private final Database database;
  private final Registry registry;
  private final EvidenceFiles evidence;
  private final AgentKey key;
  private final Paths paths;
  private final Clock clock;

  /**
   * Files that people edit.
   *
   * @param targets the folder of profiles
   * @param calendar the folder of calendars, or one file
   */
  public record Paths(Path targets, Path calendar) {}

  /**
   * A proof.
   *
   * @param bytes of the zip
   * @param sha256 of its {@code proof.json}: the digest on the certificate
   * @param differs rules of which the standing verdict says something else
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Made(byte[] bytes, String sha256, List<Verdict> verdicts, List<String> differs) {}

  public ProofMaker(
      Database database,
      Registry registry,
      EvidenceFiles evidence,
      AgentKey key,
      Paths paths,
      Clock clock) {
    this.database = database;
    this.registry = registry;
    this.evidence = evidence;
    this.key = key;
    this.paths = paths;
    this.clock = clock;
  }

  /** The key that signs: 64 hexadecimal digits, for people to compare. */
  public String publicKey() {
    return HexFormat.of().formatHex(key.publicKey());
  }

  /**
   * @param profile its id
   * @param at the date that is judged
   * @param font of the certificate; null for one of the machine's
   * @throws ProofException if there is no such school or profile, or no evidence
   * @throws NoFontException if the certificate cannot be printed
   */
  public Made make(String school, String profile, LocalDate at, @Nullable String font)
      throws ProofException, NoFontException, IOException {
    boolean oneCalendar = !Files.isDirectory(paths.calendar());
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("how-to-check.txt", howToCheck());
    files.putAll(targets(profile));
    files.putAll(BasisTexts.calendars(paths.calendar()));
    BasisTexts basis = BasisTexts.read(files, profile, oneCalendar);
    Register register = registry.at(at);
    School entry = register.school(school);
    if (entry == null || !entry.counts()) {
      throw new ProofException(
          "There is no open school " + school + " in the register on " + at + ".");
    }
    SchoolCalendar calendar = basis.calendars().of(entry, register);
    LocalDate from = JudgeInput.firstDay(calendar, basis.profile(), at);
    Facts facts = facts(entry, register, from, at, calendar);
    files.put("register.json", facts.write());
    // What is proved is what will be read out of the file: names take the place of addresses there.
    Facts told = Facts.read(files.getOrDefault("register.json", new byte[0]));
    Recomputation recomputation = new Recomputation(told, calendar, basis.profile(), at);
    List<Statement.Day> days = evidence(told, calendar, from, at, recomputation, files);
    Recomputation.Result result = recomputation.close();
    Statement statement =
        new Statement(
            told,
            basis.profile(),
            calendar.version(),
            oneCalendar,
            at,
            from,
            clock.instant().truncatedTo(ChronoUnit.SECONDS),
            HexFormat.of().formatHex(key.publicKey()),
            differs(entry, at, basis, result.verdicts()),
            result,
            days,
            files);
    byte[] said = statement.bytes();
    String digest = HexFormat.of().formatHex(ReportChain.sha256(said));
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put(Statement.NAME, said);
    all.put(Statement.SIGNATURE, key.sign(said));
    all.put(Statement.CERTIFICATE, new Certificate(statement, digest).pdf(font));
    all.putAll(files);
    return new Made(ProofFile.pack(all, key), digest, result.verdicts(), statement.differs());
  }

  private Map<String, byte[]> targets(String id) throws ProofException, IOException {
    try {
      Profile found = Profiles.read(paths.targets()).get(id);
      if (found == null || found.base()) {
        throw new ProofException("There is no profile " + id + " to judge by.");
      }
      return BasisTexts.targets(found, paths.targets());
    } catch (SettingsException e) {
      throw new ProofException(String.valueOf(e.getMessage()), e);
    }
  }

  private Facts facts(
      School school, Register register, LocalDate from, LocalDate at, SchoolCalendar calendar) {
    MaintenanceWindows windows = new MaintenanceWindows(database);
    Instant begin = from.atStartOfDay(calendar.zone()).toInstant();
    Instant end = at.plusDays(1).atStartOfDay(calendar.zone()).toInstant();
    List<School> sites = new ArrayList<>(List.of(school));
    sites.addAll(register.campuses(school.code()));
    Map<String, Inventory> inventories =
        registry.inventories(sites.stream().map(School::code).toList(), at);
    List<Facts.Entry> entries = new ArrayList<>();
    for (School site : sites) {
      Inventory its = inventories.getOrDefault(site.code(), Inventory.empty(site.code()));
      List<MaintenanceWindow> closed = windows.of(site.code(), begin, end);
      entries.add(new Facts.Entry(site, Facts.withoutAddresses(its), closed));
    }
    return new Facts(
        register.breadcrumb(school.region()),
        entries,
        new DeclaredValues(database, clock)
            .of(school.code(), at).values().stream().map(Facts.Declared::of).toList());
  }

  private List<Statement.Day> evidence(
      Facts facts,
      SchoolCalendar calendar,
      LocalDate from,
      LocalDate at,
      Recomputation recomputation,
      Map<String, byte[]> files)
      throws IOException, ProofException {
    List<String> sites = facts.sites().stream().map(site -> site.school().code()).toList();
    List<DayPart> parts =
        evidence.parts(
            sites,
            new EvidenceFiles.Question(
                from.minusDays(DAYS_AHEAD),
                at,
                from.atStartOfDay(calendar.zone()).toInstant().toEpochMilli(),
                at.plusDays(1).atStartOfDay(calendar.zone()).toInstant().toEpochMilli()));
    if (parts.isEmpty()) {
      throw new ProofException(
          "No evidence is kept of " + from + " or later: nothing can be proved.");
    }
    List<Statement.Day> days = new ArrayList<>();
    for (DayPart part : parts) {
      days.add(day(part, sites, recomputation, files));
    }
    return days;
  }

  private static Statement.Day day(
      DayPart part, List<String> sites, Recomputation recomputation, Map<String, byte[]> files)
      throws IOException {
    SignedHead head = part.head();
    LocalDate day = head.head().day();
    files.put(RecordFiles.head(day), head.bytes());
    files.put(RecordFiles.signature(day), head.signature());
    long sent = 0;
    long included = 0;
    for (String site : sites) {
      SchoolPart its = part.schools().get(site);
      if (its == null) {
        continue;
      }
      sent += its.root().records();
      files.put(RecordFiles.place(site, day), RecordFiles.Place.of(its).write());
      byte[] packed = its.packed();
      if (packed != null) {
        included += its.root().records();
        files.put(RecordFiles.records(site, day), packed);
        EvidenceFiles.unpack(packed, recomputation::add);
      }
    }
    return new Statement.Day(head, sent, included);
  }

  /**
   * What the judge's own school days say otherwise: then people must know before they rely on it.
   */
  private List<String> differs(
      School school, LocalDate at, BasisTexts basis, List<Verdict> proved) {
    Basis same = new Basis(List.of(basis.profile()), basis.calendars());
    List<Verdict> standing = new Rejudgement(registry, database, clock).verdicts(school, at, same);
    List<String> differs = new ArrayList<>();
    for (int i = 0; i < proved.size(); i++) {
      if (i >= standing.size() || !standing.get(i).equals(proved.get(i))) {
        differs.add(proved.get(i).rule());
      }
    }
    return differs;
  }

  private static byte[] howToCheck() throws IOException {
    try (InputStream text = ProofMaker.class.getResourceAsStream("how-to-check.txt")) {
      if (text == null) {
        throw new IllegalStateException("BUG: the text of how to check a proof is missing");
      }
      return text.readAllBytes();
    }
  }
}
