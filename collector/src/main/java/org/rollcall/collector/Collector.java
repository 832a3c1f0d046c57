package org.rollcall.collector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.accepted.AcceptedVersions;
import org.rollcall.collector.accounts.Accounts;
import org.rollcall.collector.accounts.ApiTokens;
import org.rollcall.collector.accounts.FirstRun;
import org.rollcall.collector.accounts.Identities;
import org.rollcall.collector.alerts.AlertDesk;
import org.rollcall.collector.alerts.SignalSources;
import org.rollcall.collector.alerts.SilenceLook;
import org.rollcall.collector.archive.Backup;
import org.rollcall.collector.archive.BackupDesk;
import org.rollcall.collector.archive.Restore;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.calendar.SchoolCalendars;
import org.rollcall.collector.channels.Channels;
import org.rollcall.collector.configuration.AgentConfigurations;
import org.rollcall.collector.configuration.ConfigurationPush;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.day.DirtyDays;
import org.rollcall.collector.day.MaintenanceWindows;
import org.rollcall.collector.day.SchoolDays;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.discovery.DiscoveryQueue;
import org.rollcall.collector.discovery.Placements;
import org.rollcall.collector.discovery.Sightings;
import org.rollcall.collector.documents.Documents;
import org.rollcall.collector.evidence.EvidenceFiles;
import org.rollcall.collector.evidence.EvidenceKey;
import org.rollcall.collector.evidence.EvidenceLog;
import org.rollcall.collector.evidence.HeadMessage;
import org.rollcall.collector.evidence.SignedHead;
import org.rollcall.collector.identity.Agents;
import org.rollcall.collector.identity.ServerIdentity;
import org.rollcall.collector.identity.Standings;
import org.rollcall.collector.ingest.MqttIngest;
import org.rollcall.collector.intake.Capacity;
import org.rollcall.collector.intake.Intake;
import org.rollcall.collector.judge.Basis;
import org.rollcall.collector.judge.BasisFiles;
import org.rollcall.collector.judge.Board;
import org.rollcall.collector.judge.Change;
import org.rollcall.collector.judge.JudgeService;
import org.rollcall.collector.judge.Verdicts;
import org.rollcall.collector.linetest.LineTests;
import org.rollcall.collector.milestones.MilestoneFile;
import org.rollcall.collector.milestones.Milestones;
import org.rollcall.collector.problems.ProblemDesk;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.ProfileShelf;
import org.rollcall.collector.proof.ProofMaker;
import org.rollcall.collector.pulse.Pulse;
import org.rollcall.collector.rectification.Samples;
import org.rollcall.collector.rectification.Tasks;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.imports.ImportDesk;
import org.rollcall.collector.requests.SchoolRequests;
import org.rollcall.collector.selfcheck.SelfChecks;
import org.rollcall.collector.snapshot.Snapshots;
import org.rollcall.collector.store.DiskGuard;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.config.Problem;
import org.rollcall.config.SettingsException;
import org.rollcall.protocol.AgentKey;

/**
 * The collector, wired by hand, in the order data meets its parts: ingest, intake, store; then
 * pulse, school days, judge. One per process.
 */
public final class Collector implements AutoCloseable {
  private final Clock clock;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Database database;
  private final Registry registry;
  private final Agents agents;
  private final Accounts accounts;
  private final Identities identities;
  private final ApiTokens apiTokens;
  private final AuditLog audit;
  private final SchoolRequests requests;
  private final SelfChecks selfChecks;
  private final Tasks tasks;
  private final Samples samples;
  private final FirstRun firstRun;
  private final DeclaredValues declared;
  private final ImportDesk imports;
  private final BasisFiles basisFiles;
  private final ObservationStore store;
  private final DiskGuard diskGuard;
  private final Pulse pulse;
  private final DirtyDays dirtyDays;
  private final SchoolDays schoolDays;
  private final Verdicts verdicts;
  private final DiscoveryQueue discovered;
  private final JudgeService judge;
  private final EvidenceLog evidence;
  private final ProofMaker proofs;
  private final Intake intake;
  private final MqttIngest ingest;
  private final ServerIdentity identity;
  private final LineTests lineTests;
  private final ProblemDesk problems;
  private final Milestones milestones;
  private final AlertDesk alerts;
  private final Channels channels;
  private final String publicAddress;

  /**
   * One thing that must work for the whole to work.
   *
   * @param status UP or DOWN
   * @param detail what is wrong; null when nothing is
   */
  public record Part(String name, String status, @Nullable String detail) {}

  /**
   * Opens the stores and starts every part; whatever was opened is closed again if one cannot.
   *
   * @throws SettingsException if the calendar or the profile cannot be used
   * @throws IOException if a file or folder cannot be used
   */
  public static Collector start(CollectorSettings settings, Clock clock)
      throws SettingsException, IOException {
    Restore.requireUnbroken(settings.data());
    Files.createDirectories(settings.data());
    SchoolCalendars calendars = SchoolCalendars.read(settings.calendar());
    return new Collector(settings, calendars, clock);
  }

  private Collector(CollectorSettings settings, SchoolCalendars calendars, Clock clock)
      throws SettingsException, IOException {
    this.clock = clock;
    this.publicAddress = settings.publicAddress();
    boolean started = false;
    try {
      open(ServerLock.take(settings.data()));
      database = open(database(settings));
      registry = new Registry(database, clock);
      declared = new DeclaredValues(database, clock);
      basisFiles =
          open(
              BasisFiles.open(
                  new ProfileShelf(
                      settings.targets(), new AcceptedVersions(database, "profile", clock)),
                  settings.profiles(),
                  calendars));
      Basis basis = basisFiles.basis();
      SecureRandom random = new SecureRandom();
      agents = new Agents(database.jdbi(), clock, random);
      accounts = new Accounts(database.jdbi(), clock, random);
      identities = new Identities(database.jdbi(), clock, accounts);
      apiTokens = new ApiTokens(database.jdbi(), clock, random, accounts);
      audit = new AuditLog(database.jdbi(), clock);
      requests = new SchoolRequests(database, audit, clock);
      selfChecks = new SelfChecks(database, declared, audit, clock);
      tasks = new Tasks(database, audit, clock);
      samples = new Samples(database, audit, clock);
      firstRun = FirstRun.open(settings.data(), accounts, random);
      imports =
          open(
              ImportDesk.open(
                  settings.data().resolve("imports"), registry, declared, clock, random));
      identity = identity(settings, clock);
      diskGuard =
          new DiskGuard(
              open(settings.store().open(observations(settings.data()), clock)),
              settings.data(),
              settings.store().minFree().bytes());
      store = diskGuard;
      pulse = open(new Pulse(clock, Pulse.DEFAULT_MAX_SUBJECTS));
      schoolDays = new SchoolDays(database);
      verdicts = new Verdicts(database);
      dirtyDays = new DirtyDays(basis.calendars().zone());
      judge = open(new JudgeService(registry, store, database, dirtyDays, basis, clock));
      discovered = new DiscoveryQueue(database, registry, audit, clock);
      Sightings sightings = open(new Sightings(discovered, new Placements(database)));
      AgentKey evidenceKey = EvidenceKey.open(settings.data());
      evidence = open(evidence(settings, evidenceKey, basis.calendars().zone()));
      proofs =
          new ProofMaker(
              database,
              registry,
              evidence.files(),
              evidenceKey,
              new ProofMaker.Paths(settings.targets(), settings.calendar()),
              clock);
      intake =
          open(
              new Intake(
                  store, evidence, List.of(pulse, dirtyDays, sightings), clock, Capacity.DEFAULT));
      intake.notBefore(agents.lastSeen().toEpochMilli());
      ingest = open(new MqttIngest(settings.mqtt(), identity, agents, intake, clock));
      AgentConfigurations configurations = new AgentConfigurations(database, clock);
      ConfigurationPush push = open(new ConfigurationPush(configurations, ingest::configuration));
      ingest.configurations(push);
      lineTests = open(lineTests(settings, random));
      problems =
          new ProblemDesk(
              new ProblemDesk.Parts(registry, agents, pulse, store, audit, this::calendars),
              database,
              clock);
      milestones =
          new Milestones(
              new Milestones.Parts(
                  milestoneFile(settings), declared, audit, this::profile, this::board),
              database,
              clock);
      channels = open(Channels.open(settings.channels(), settings.site(), database, clock, random));
      alerts = open(alerts(settings));
      BackupDesk backups = open(new BackupDesk(database, store, places(settings), clock));
      pulse.start(store);
      sightings.start();
      judge.start();
      evidence.onClosed(heads -> tellHeads(heads, settings.evidence().tell()));
      evidence.start();
      basisFiles.start(judge::basis);
      intake.start();
      ingest.start();
      push.start();
      lineTests.start();
      alerts.start();
      channels.start();
      backups.start();
      started = true;
    } finally {
      if (!started) {
        close();
      }
    }
  }

  private LineTests lineTests(CollectorSettings settings, SecureRandom random) {
    return new LineTests(
        settings.lineTests(),
        settings.ndt7(),
        new LineTests.Parts(
            registry, agents, judge::basis, ingest::command, settings.publicAddress()),
        clock,
        random);
  }

  /** Each head once for each channel, however often it is closed or told again. */
  private void tellHeads(List<SignedHead> heads, List<String> names) {
    if (!names.isEmpty()) {
      database
          .jdbi()
          .useTransaction(
              handle ->
                  heads.forEach(
                      head ->
                          channels.post(
                              handle, Set.copyOf(names), List.of(), HeadMessage.of(head))));
    }
  }

  private static MilestoneFile milestoneFile(CollectorSettings settings) throws SettingsException {
    Path file = settings.milestones();
    return file == null ? MilestoneFile.NONE : MilestoneFile.read(file);
  }

  private AlertDesk alerts(CollectorSettings settings) {
    SignalSources sources =
        new SignalSources(
            new SignalSources.Parts(
                problems,
                pulse,
                agents,
                registry,
                schoolDays,
                declared,
                verdicts,
                milestones,
                this::board,
                this::profile,
                intake::counts));
    return new AlertDesk(
        settings.alerts(),
        new AlertDesk.Parts(
            problems,
            registry,
            audit,
            this::calendars,
            sources,
            new SilenceLook(store, pulse),
            channels::post),
        database,
        clock);
  }

  private EvidenceLog evidence(CollectorSettings settings, AgentKey key, ZoneId zone)
      throws IOException {
    return new EvidenceLog(
        EvidenceFiles.folder(settings.data()),
        key,
        settings.evidence(),
        settings.store().sync(),
        new Standings(database.jdbi())::of,
        zone,
        clock);
  }

  /** What a backup takes beside the register; the settings file is the asking command's. */
  private static Backup.Sources places(CollectorSettings settings) {
    return new Backup.Sources(settings.data(), settings.data(), settings.named());
  }

  /** The register, where the settings have it. */
  public static Database database(CollectorSettings settings) {
    return Database.open(settings.register(), registerFile(settings.data()));
  }

  /** Where a data folder keeps the register unless it is in PostgreSQL. */
  public static Path registerFile(Path data) {
    return data.resolve("register.sqlite");
  }

  /** The folder of the observations in a data folder. */
  public static Path observations(Path data) {
    return data.resolve("observations");
  }

  /** The server's key, made at the first start. */
  public static ServerIdentity identity(CollectorSettings settings, Clock clock)
      throws IOException {
    Files.createDirectories(settings.data());
    return ServerIdentity.open(settings.data(), List.of(settings.publicAddress()), clock);
  }

  private <T extends AutoCloseable> T open(T part) {
    opened.push(part);
    return part;
  }

  public Clock clock() {
    return clock;
  }

  public Registry registry() {
    return registry;
  }

  public Agents agents() {
    return agents;
  }

  /** Makes proofs of what the evidence log keeps. */
  public ProofMaker proofs() {
    return proofs;
  }

  /** The reports as they came. */
  public EvidenceLog evidence() {
    return evidence;
  }

  public Accounts accounts() {
    return accounts;
  }

  /** By what names a provider knows the accounts. */
  public Identities identities() {
    return identities;
  }

  /** Files handed in for the register. */
  public ImportDesk imports() {
    return imports;
  }

  /** Programs that may ask for an account. */
  public ApiTokens apiTokens() {
    return apiTokens;
  }

  /** The making of the first account. */
  public FirstRun firstRun() {
    return firstRun;
  }

  /** Who changed what. */
  public AuditLog audit() {
    return audit;
  }

  /** Self-check sheets: what schools write on them. */
  public SelfChecks selfChecks() {
    return selfChecks;
  }

  /** What is to be mended at schools. */
  public Tasks tasks() {
    return tasks;
  }

  /** Schools drawn by lot. */
  public Samples samples() {
    return samples;
  }

  /** What schools ask of those who watch them. */
  public SchoolRequests requests() {
    return requests;
  }

  /** The documents that are filed, and the snapshots they say. */
  public Documents documents(Documents.Settings settings) {
    Snapshots.Parts parts =
        new Snapshots.Parts(
            registry,
            declared,
            schoolDays,
            new MaintenanceWindows(database),
            requests,
            selfChecks,
            tasks,
            audit,
            judge::basis,
            judge::board);
    return new Documents(database, new Snapshots(parts, database, clock), audit, clock, settings);
  }

  public ObservationStore store() {
    return store;
  }

  /** Whether there is room to take anything more. */
  public DiskGuard diskGuard() {
    return diskGuard;
  }

  public DeclaredValues declared() {
    return declared;
  }

  /** What is wrong with the files of targets and calendars as they are now. */
  public List<Problem> basisProblems() {
    return basisFiles.problems();
  }

  public Pulse pulse() {
    return pulse;
  }

  /** What each school showed on each day, as the judge keeps it. */
  public SchoolDays schoolDays() {
    return schoolDays;
  }

  /** Each verdict's mark on every date. */
  public Verdicts verdicts() {
    return verdicts;
  }

  public DirtyDays dirtyDays() {
    return dirtyDays;
  }

  /** Devices found that nobody has registered. */
  public DiscoveryQueue discovered() {
    return discovered;
  }

  public JudgeService judge() {
    return judge;
  }

  public Board board() {
    return judge.board();
  }

  public Profile profile() {
    return judge.basis().profiles().get(0);
  }

  /** The calendars that schools are judged by now. */
  public SchoolCalendars calendars() {
    return judge.basis().calendars();
  }

  public Intake intake() {
    return intake;
  }

  public MqttIngest ingest() {
    return ingest;
  }

  /** By which key agents know this server. */
  public ServerIdentity identity() {
    return identity;
  }

  public LineTests lineTests() {
    return lineTests;
  }

  /** Name or address by which agents reach this collector. */
  public String publicAddress() {
    return publicAddress;
  }

  /** What is broken now. */
  public ProblemDesk problems() {
    return problems;
  }

  /** What people are told of, and how far it is. */
  public AlertDesk alerts() {
    return alerts;
  }

  /** Dates of counties, and what is done of them. */
  public Milestones milestones() {
    return milestones;
  }

  /** By which channels people are told. */
  public Channels channels() {
    return channels;
  }

  /** Tells of every changed verdict, on the judge's thread. */
  public void onVerdictChange(Consumer<Change> listener) {
    judge.listen(changes -> changes.forEach(listener));
  }

  /** Each part with how it is; asks the stores, so not for event loops. */
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    parts.add(part("register", registry::revision));
    parts.add(part("observations", store::check));
    parts.add(part("disk", diskGuard::checkRoom));
    parts.add(part("ingest", ingest::tlsPort));
    return parts;
  }

  private static Part part(String name, Runnable question) {
    try {
      question.run();
      return new Part(name, "UP", null);
    } catch (RuntimeException e) {
      return new Part(name, "DOWN", String.valueOf(e.getMessage()));
    }
  }

  /** Closes in the reverse order of opening: first the door, last the database. */
  @Override
  public void close() {
    while (!opened.isEmpty()) {
      AutoCloseable part = opened.pop();
      try {
        part.close();
      } catch (Exception e) {
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        throw new IllegalStateException(part + " could not be closed", e);
      }
    }
  }
}
