package org.rollcall.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.Collector;
import org.rollcall.collector.Collector.Part;
import org.rollcall.collector.accounts.Login;
import org.rollcall.collector.accounts.Viewer;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.School;

/**
 * The whole API over one collector. Calls run on worker threads; events come on the collector's.
 */
public final class Api {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Collector collector;
  private final District district;
  private final Boundaries boundaries;
  private final boolean simulated;
  private final String version;
  private final Metrics metrics;

  /**
   * Liveness or readiness.
   *
   * @param status UP or DOWN
   */
  public record Health(String status, List<Map<String, String>> parts) {}

  private record Pulse(@Nullable String newest, Set<String> schools) {}

  private record VerdictChange(
      String school, String rule, @Nullable Outcome from, Outcome to, boolean disputed) {}

  public Api(Collector collector, Boundaries boundaries, boolean simulated, String version) {
    this.boundaries = boundaries;
    this.collector = collector;
    this.simulated = simulated;
    this.version = version;
    this.district = new District(collector);
    this.metrics = new Metrics(collector);
  }

  /** Every call that is answered with JSON to whoever may see it, by its path. */
  public Map<String, Call> calls() {
    RegionCalls regions = new RegionCalls(district);
    Map<String, Call> calls = new LinkedHashMap<>();
    calls.put("/api/v1/profiles", new ProfilesCall(district));
    calls.put("/api/v1/regions", regions::regions);
    calls.put("/api/v1/regions/:code/summary", regions::summary);
    calls.put("/api/v1/regions/:code/balance", new BalanceCall(district));
    calls.put("/api/v1/schools", new SchoolsCall(district));
    calls.put("/api/v1/schools/:code", new SchoolCall(district));
    calls.put("/api/v1/schools/:code/verdicts", new VerdictsCall(district));
    calls.put("/api/v1/schools/:code/power-on", new PowerOnCall(district));
    calls.put("/api/v1/schools/:code/partners", new PartnersCall(district));
    calls.put("/api/v1/schools/:code/series", new SeriesCall(district));
    calls.put("/api/v1/schools/:code/discovered", new DiscoveredCall(district));
    calls.put("/api/v1/schools/:code/devices/:subject", new DeviceCall(district));
    calls.put("/api/v1/problems", new ProblemsCall(district));
    calls.put("/api/v1/problems/:id", new ProblemCall(district));
    calls.put("/api/v1/agents", new AgentsCall(district));
    calls.put("/api/v1/map", new MapCall(district, boundaries));
    return calls;
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
    context.put("simulated", simulated);
    context.put("publicView", publicView);
    context.put("languages", List.of("zh-CN", "en"));
    Viewer viewer = account == null ? publicViewer(publicView) : account.viewer();
    Region root = district.scoped(viewer).root();
    context.put("root", root == null ? null : root.code());
    context.put("profile", district.profile().id());
    context.put("asOf", district.asOf().toString());
    context.put("newest", Times.text(newest()));
    context.put("version", version);
    if (account != null) {
      context.put("account", account(account));
    }
    return context;
  }

  /**
   * Signs in with a body of {@code username} and {@code password}.
   *
   * @param source the caller's address, for throttling
   */
  public Login.Granted signIn(byte[] body, String source) {
    JsonNode credentials;
    try {
      credentials = JSON.readTree(body);
    } catch (IOException e) {
      throw badCredentials();
    }
    JsonNode name = credentials == null ? null : credentials.get("username");
    JsonNode password = credentials == null ? null : credentials.get("password");
    if (name == null || !name.isTextual() || password == null || !password.isTextual()) {
      throw badCredentials();
    }
    Login login = collector.accounts().verify(name.asText(), password.asText(), source);
    if (login instanceof Login.Granted granted) {
      return granted;
    }
    if (login instanceof Login.Throttled throttled) {
      throw ApiProblem.tooManyAttempts(Math.max(1, throttled.retryAfter().toSeconds()));
    }
    throw ApiProblem.wrongCredentials();
  }

  private static ApiProblem badCredentials() {
    return ApiProblem.badBody(
        "Send a JSON object with the texts username and password.",
        "请发送包含 username 与 password 的 JSON 对象。");
  }

  /** An account as its owner sees it. */
  public Object account(Login.Granted account) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("username", account.name());
    view.put("role", account.viewer().role().name());
    view.put("region", account.viewer().regionCode());
    view.put("school", account.viewer().schoolCode());
    return view;
  }

  /** Anyone: sees everything while the public view is open, nothing otherwise. */
  public Viewer publicViewer(boolean open) {
    Region root = district.known().root();
    return open && root != null ? Viewer.publicView(root.code()) : Viewer.nobody();
  }

  /** Sends what happens to {@code sink} as (event, data), from the collector's threads. */
  public void listen(BiConsumer<String, Object> sink) {
    collector
        .pulse()
        .onChange(schools -> sink.accept("pulse", new Pulse(Times.text(newest()), schools)));
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
    return new Pulse(Times.text(newest()), Set.of());
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
          : new Pulse(pulse.newest(), visible);
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
