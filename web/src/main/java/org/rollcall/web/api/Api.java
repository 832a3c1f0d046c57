package org.rollcall.web.api;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.Collector;
import org.rollcall.collector.Collector.Part;
import org.rollcall.collector.accounts.AccountFault;
import org.rollcall.collector.accounts.Identity;
import org.rollcall.collector.accounts.Login;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.accounts.Viewer;
import org.rollcall.collector.documents.Documents;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.School;
import org.rollcall.web.boundaries.BoundarySource;
import org.rollcall.web.oidc.OidcSettings;

/**
 * The whole API over one collector. Calls run on worker threads; events come on the collector's.
 */
public final class Api {
  /** The one call that a wall's key opens. */
  public static final String WALL = "/api/v1/regions/:code/wall";

  private static final int MOST_LETTERS = 128;

  private final Collector collector;
  private final District district;
  private final BoundarySource boundaries;
  private final Facts facts;
  private final Metrics metrics;
  private final Documents documents;

  /**
   * Liveness or readiness.
   *
   * @param status UP or DOWN
   */
  public record Health(String status, List<Map<String, String>> parts) {}

  /**
   * What the pages are told of this server.
   *
   * @param simulated whether the data come from simulated schools
   * @param oidc who else may vouch for accounts, or null
   * @param ground the approval number of the map whose tiles lie under the schools; null: none do
   * @param documentFont the font of PDFs; null for the machine's own
   */
  public record Facts(
      boolean simulated,
      String version,
      @Nullable OidcSettings oidc,
      @Nullable String ground,
      @Nullable String documentFont) {}

  private record Pulse(@Nullable String newest, int judging, Set<String> schools) {}

  /** Something became of an alert; who may see it asks for it. */
  private record AlertNews(int firing) {}

  private record VerdictChange(
      String school, String rule, @Nullable Outcome from, Outcome to, boolean disputed) {}

  public Api(Collector collector, BoundarySource boundaries, Facts facts) {
    this.boundaries = boundaries;
    this.collector = collector;
    this.facts = facts;
    this.district = new District(collector);
    this.metrics = new Metrics(collector);
    this.documents =
        collector.documents(new Documents.Settings(facts.documentFont(), facts.ground()));
  }

  /** Every call that is answered with JSON to whoever may see it, by its path. */
  public Map<String, Call> calls() {
    RegionCalls regions = new RegionCalls(district);
    Map<String, Call> calls = new LinkedHashMap<>();
    calls.put("/api/v1/profiles", new ProfilesCall(district));
    calls.put("/api/v1/regions", regions::regions);
    calls.put("/api/v1/regions/:code/summary", regions::summary);
    calls.put("/api/v1/regions/:code/balance", new BalanceCall(district));
    calls.put("/api/v1/regions/:code/sheet", new RegionSheetCall(district));
    calls.put("/api/v1/regions/:code/timeline", new TimelineCall(district));
    calls.put("/api/v1/schools", new SchoolsCall(district));
    calls.put("/api/v1/schools/:code", new SchoolCall(district));
    calls.put("/api/v1/schools/:code/verdicts", new VerdictsCall(district));
    calls.put(
        "/api/v1/schools/:code/proof",
        new ProofCall(district, collector.proofs(), facts.documentFont()));
    EvidenceCall heads = new EvidenceCall(collector.evidence().files(), collector.proofs());
    calls.put("/api/v1/evidence/heads", heads);
    calls.put("/api/v1/schools/:code/sheet", new SchoolSheetCall(district));
    calls.put("/api/v1/schools/:code/power-on", new PowerOnCall(district));
    calls.put("/api/v1/schools/:code/partners", new PartnersCall(district));
    calls.put("/api/v1/schools/:code/series", new SeriesCall(district));
    DiscoveredCall discovered = new DiscoveredCall(district, collector.discovered());
    calls.put("/api/v1/discovered", discovered::all);
    calls.put("/api/v1/schools/:code/discovered", discovered::ofSchool);
    calls.put("/api/v1/schools/:code/devices/:subject", new DeviceCall(district));
    calls.put("/api/v1/problems", new ProblemsCall(district));
    calls.put("/api/v1/problems/:id", new ProblemCall(district));
    calls.put("/api/v1/agents", new AgentsCall(district));
    RequestCalls requests = new RequestCalls(district, collector.requests());
    calls.put("/api/v1/requests", requests::list);
    calls.put("/api/v1/requests/:id", requests::one);
    calls.put("/api/v1/requests/:id/files/:file", requests::file);
    calls.put("/api/v1/schools/:code/requests", requests::ofSchool);
    DocumentCalls filed = new DocumentCalls(district, documents);
    calls.put("/api/v1/documents", filed::list);
    calls.put("/api/v1/documents/:id", filed::one);
    calls.put("/api/v1/documents/:id/files/:format", filed::file);
    calls.put("/api/v1/documents/:id/dossier", filed::dossier);
    calls.put("/api/v1/documents/:id/scans/:version", filed::scan);
    SelfCheckCall selfCheck = new SelfCheckCall(district, collector.selfChecks());
    calls.put("/api/v1/self-checks", new SelfChecksCall(district, collector.selfChecks()));
    calls.put("/api/v1/schools/:code/self-check", selfCheck);
    calls.put("/api/v1/schools/:code/self-check/content", selfCheck::content);
    TaskCalls tasks = new TaskCalls(district, collector.tasks());
    calls.put("/api/v1/tasks", tasks::list);
    calls.put("/api/v1/samples", new SampleCalls(district, collector.samples())::list);
    calls.put("/api/v1/schools/:code/tasks", tasks::ofSchool);
    calls.put("/api/v1/milestones", new MilestoneCalls(district, collector.milestones())::list);
    AlertCalls alerts = new AlertCalls(district, collector.alerts());
    calls.put("/api/v1/alerts", alerts::list);
    calls.put("/api/v1/alerts/:id", alerts::one);
    calls.put("/api/v1/mutes", alerts::mutes);
    calls.put("/api/v1/duty", alerts::duty);
    ChannelCalls channels = new ChannelCalls(collector.channels());
    calls.put("/api/v1/channels", channels::list);
    calls.put("/api/v1/deliveries", channels::deliveries);
    RegisterCalls register = new RegisterCalls(collector, district);
    calls.put("/api/v1/schools/:code/register", register::school);
    calls.put("/api/v1/regions/:code/register", register::region);
    CalendarCalls calendars = new CalendarCalls(collector, district);
    calls.put("/api/v1/calendars", calendars::list);
    calls.put("/api/v1/schools/:code/calendar", calendars::ofSchool);
    ImportCalls imports = new ImportCalls(collector);
    calls.put("/api/v1/imports", imports::list);
    calls.put("/api/v1/imports/:id", imports::job);
    MapCall map = new MapCall(district, boundaries);
    calls.put(WALL, new WallCall(district, map));
    calls.put("/api/v1/map", map);
    AccountCalls accounts = new AccountCalls(collector, facts.oidc());
    calls.put("/api/v1/accounts", accounts::list);
    calls.put("/api/v1/tokens", accounts::tokens);
    calls.put("/api/v1/audit", new AuditCall(collector));
    return calls;
  }

  /** Every call that changes something, by its method and path. */
  public Map<String, ChangeCall> changes() {
    Map<String, ChangeCall> changes = new LinkedHashMap<>();
    AccountCalls accounts = new AccountCalls(collector, facts.oidc());
    changes.put("POST /api/v1/accounts", accounts::add);
    changes.put("PATCH /api/v1/accounts/:name", accounts::change);
    changes.put("POST /api/v1/tokens", accounts::makeToken);
    changes.put("DELETE /api/v1/tokens/:id", accounts::endToken);
    ProblemChanges problems = new ProblemChanges(collector, district);
    changes.put("POST /api/v1/problems/:id/ack", problems::acknowledge);
    changes.put("POST /api/v1/problems/:id/comments", problems::comment);
    changes.put("POST /api/v1/problems/:id/ticket", problems::ticket);
    changes.put("POST /api/v1/problems/:id/maintenance", problems::maintenance);
    changes.put("POST /api/v1/schools/:code/enrolment", problems::enrolment);
    AskCalls asks = new AskCalls(collector, district);
    changes.put("POST /api/v1/schools/:code/test", asks::test);
    changes.put("POST /api/v1/schools/:code/look", asks::look);
    changes.put("POST /api/v1/schools/:code/sweep", asks::sweep);
    DiscoveredCall discovered = new DiscoveredCall(district, collector.discovered());
    changes.put("POST /api/v1/discovered/:id/approve", discovered::approve);
    changes.put("POST /api/v1/discovered/:id/ignore", discovered::ignore);
    RequestChanges requests = new RequestChanges(district, collector.requests());
    changes.put("POST /api/v1/schools/:code/rechecks", requests::recheck);
    changes.put("POST /api/v1/schools/:code/objections", requests::object);
    changes.put("POST /api/v1/requests/:id/answer", requests::answer);
    changes.put("POST /api/v1/requests/:id/withdraw", requests::withdraw);
    changes.put("POST " + WALL, new WallKeyCalls(collector, district)::make);
    changes.put(
        "POST /api/v1/schools/:code/self-check/steps",
        new SelfCheckSteps(district, collector.selfChecks()));
    changes.put(
        "PATCH /api/v1/schools/:code/self-check/:item", new SelfCheckChanges(collector, district));
    DocumentCalls filed = new DocumentCalls(district, documents);
    changes.put("POST /api/v1/regions/:code/documents", filed::makeOfRegion);
    changes.put("POST /api/v1/schools/:code/documents", filed::makeOfSchool);
    changes.put("POST /api/v1/regions/:code/dossier", filed::makeDossier);
    TaskChanges tasks = new TaskChanges(district, collector.tasks());
    changes.put("POST /api/v1/schools/:code/tasks", tasks::make);
    changes.put("POST /api/v1/regions/:code/tasks", tasks::makeAll);
    changes.put("POST /api/v1/tasks/:id/done", tasks::done);
    changes.put("POST /api/v1/tasks/:id/cancel", tasks::cancel);
    changes.put("POST /api/v1/tasks/:id/plan", tasks::change);
    SampleCalls samples = new SampleCalls(district, collector.samples());
    changes.put("POST /api/v1/regions/:code/samples", samples::draw);
    changes.put("POST /api/v1/samples/:id/found", samples::enter);
    MilestoneCalls milestones = new MilestoneCalls(district, collector.milestones());
    changes.put("POST /api/v1/regions/:code/milestones/:id/done", milestones::done);
    changes.put("POST /api/v1/regions/:code/milestones/:id/undo", milestones::undo);
    AlertChanges alerts =
        new AlertChanges(district, collector.alerts(), collector.channels(), collector.audit());
    changes.put("POST /api/v1/alerts/:id/ack", alerts::acknowledge);
    changes.put("POST /api/v1/mutes", alerts::mute);
    changes.put("POST /api/v1/mutes/:id/end", alerts::unmute);
    changes.put("POST /api/v1/channels/:name/test", alerts::test);
    RegisterCalls register = new RegisterCalls(collector, district);
    changes.put("POST /api/v1/schools/:code/register", register::changeSchool);
    changes.put("POST /api/v1/regions/:code/register", register::changeRegion);
    changes.put("POST /api/v1/imports/:id/apply", new ImportCalls(collector)::apply);
    return changes;
  }

  /** Every call that takes a file, by its method and path. */
  public Map<String, UploadCall> uploads() {
    return Map.of(
        "POST /api/v1/imports",
        new ImportCalls(collector),
        "POST /api/v1/requests/:id/files",
        new RequestChanges(district, collector.requests()),
        "POST /api/v1/documents/:id/scans",
        new DocumentCalls(district, documents));
  }

  public Object health() {
    return Map.of("status", "UP");
  }

  public Health readiness() {
    List<Part> parts = collector.parts();
    boolean up = parts.stream().allMatch(part -> part.status().equals("UP"));
    return new Health(up ? "UP" : "DOWN", parts.stream().map(Api::part).toList());
  }

  private static Map<String, String> part(Part part) {
    Map<String, String> told = new LinkedHashMap<>();
    told.put("name", part.name());
    told.put("status", part.status());
    String detail = part.detail();
    if (detail != null) {
      told.put("detail", detail);
    }
    return told;
  }

  /** Where the counts of the doors come from; until then there are none. */
  public void connections(Supplier<HttpCounts> counts) {
    metrics.connections(counts);
  }

  /** Prometheus text format 0.0.4. */
  public String metrics() {
    return metrics.text();
  }

  /** What every page needs first. */
  public Object context(boolean publicView, Login.@Nullable Granted account) {
    Map<String, @Nullable Object> context = new LinkedHashMap<>();
    context.put("simulated", facts.simulated());
    context.put("publicView", publicView);
    context.put("languages", List.of("zh-CN", "en"));
    Viewer viewer = account == null ? publicViewer(publicView) : account.viewer();
    Region root = district.scoped(viewer).root();
    context.put("root", root == null ? null : root.code());
    context.put("profile", district.profile().id());
    context.put("asOf", district.asOf().toString());
    context.put("newest", Times.text(newest()));
    context.put("version", facts.version());
    context.put("judging", collector.judge().waiting());
    context.put("ground", facts.ground());
    OidcSettings oidc = facts.oidc();
    if (oidc != null) {
      context.put("oidc", Map.of("name", oidc.name().zh(), "nameEn", oidc.name().en()));
    }
    context.put("setup", collector.firstRun().isOpen());
    if (account != null) {
      context.put("account", account(account));
    }
    return context;
  }

  /**
   * Signs in.
   *
   * @param credentials with the texts {@code username} and {@code password}
   */
  public Login.Granted signIn(Change credentials) {
    String name = credentials.text("username", MOST_LETTERS);
    String password = credentials.secret("password");
    Login login =
        collector.accounts().verify(name, password, credentials.request().actor().source());
    if (login instanceof Login.Granted granted) {
      return granted;
    }
    if (login instanceof Login.Throttled throttled) {
      throw ApiProblem.tooManyAttempts(Math.max(1, throttled.retryAfter().toSeconds()));
    }
    throw ApiProblem.wrongCredentials();
  }

  /**
   * Whoever is signed in chooses another password.
   *
   * @param change with the texts {@code oldPassword} and {@code newPassword}
   * @return the account as it is now
   */
  public Login.Granted choosePassword(Change change, String account) {
    AccountFault fault =
        collector
            .accounts()
            .changePassword(
                change.request().actor(),
                account,
                change.secret("oldPassword"),
                change.secret("newPassword"));
    AccountCalls.refuse(fault);
    return collector.accounts().current(account).orElseThrow(ApiProblem::signInToChange);
  }

  /**
   * Makes the first account of a new server.
   *
   * @param change with the texts {@code code}, {@code username} and {@code password}
   * @return the account
   */
  public Login.Granted setUp(Change change) {
    String name = change.text("username", MOST_LETTERS);
    AccountFault fault =
        collector
            .firstRun()
            .make(
                change.request().actor(),
                change.text("code", MOST_LETTERS),
                name,
                change.secret("password"));
    AccountCalls.refuse(fault);
    return collector.accounts().current(name).orElseThrow(ApiProblem::signInToChange);
  }

  /** The account of a session as it is now; empty if it is gone or disabled. */
  public Optional<Login.Granted> current(Login.Granted session) {
    Identity identity = session.identity();
    return identity == null
        ? collector.accounts().current(session.name())
        : collector.identities().current(identity);
  }

  /** Lets somebody in whom the provider vouches for; empty if no account belongs to them. */
  public Optional<Login.Granted> vouched(Identity identity, String source) {
    return collector.identities().signIn(identity, source);
  }

  /** Writes down that a provider's word was not taken, or not given. */
  public void vouchedInVain(String why, String source) {
    collector.identities().refused("", why, Map.of(), source);
  }

  /** The account whose API token this is; empty for any that is not good. */
  public Optional<Login.Granted> token(String token) {
    return collector.apiTokens().account(token);
  }

  /** What the key of a wall lets see; empty for any that is not good. */
  public Optional<Viewer> wall(String key) {
    return WallKeyCalls.viewer(collector, collector.registry().snapshot(), key);
  }

  /** An account as its owner sees it. */
  public Object account(Login.Granted account) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("username", account.name());
    view.put("role", account.viewer().role().name());
    view.put("region", account.viewer().regionCode());
    view.put("school", account.viewer().schoolCode());
    view.put("mustChange", account.mustChange());
    return view;
  }

  /** Anyone: sees everything while the public view is open, nothing otherwise. */
  public Viewer publicViewer(boolean open) {
    Region root = district.known().root();
    return open && root != null ? Viewer.publicView(root.code()) : Viewer.nobody();
  }

  /** Sends what happens to {@code sink} as (event, data), from the collector's threads. */
  public void listen(BiConsumer<String, Object> sink) {
    collector.pulse().onChange(schools -> sink.accept("pulse", pulse(schools)));
    collector
        .alerts()
        .onChange(() -> sink.accept("alert", new AlertNews(collector.alerts().counts().firing())));
    collector.onVerdictChange(
        change ->
            sink.accept(
                "verdict",
                new VerdictChange(
                    change.verdict().school(),
                    change.verdict().rule(),
                    change.before() == null ? null : change.before().outcome(),
                    change.verdict().outcome(),
                    change.verdict().disputed())));
  }

  /** A pulse that says nothing but that the server lives. */
  public Object signOfLife() {
    return pulse(Set.of());
  }

  private Pulse pulse(Set<String> schools) {
    return new Pulse(Times.text(newest()), collector.judge().waiting(), schools);
  }

  /** What of an event this viewer may see; null when nothing. */
  public @Nullable Object narrow(Object event, Viewer viewer) {
    Register register = district.known();
    if (event instanceof Pulse pulse) {
      Set<String> visible =
          pulse.schools().stream()
              .filter(code -> sees(viewer, code, register))
              .collect(Collectors.toSet());
      return visible.isEmpty() && !pulse.schools().isEmpty()
          ? null
          : new Pulse(pulse.newest(), pulse.judging(), visible);
    }
    if (event instanceof AlertNews) {
      return viewer.role().operates() || viewer.role() == Role.BUREAU ? event : null;
    }
    if (event instanceof VerdictChange change) {
      return sees(viewer, change.school(), register) ? change : null;
    }
    return null;
  }

  private static boolean sees(Viewer viewer, String code, Register register) {
    School school = register.school(code);
    return school != null && viewer.sees(school, register);
  }

  private @Nullable Instant newest() {
    return collector.pulse().newest();
  }
}
