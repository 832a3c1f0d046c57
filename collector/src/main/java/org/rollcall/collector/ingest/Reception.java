package org.rollcall.collector.ingest;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.rollcall.collector.identity.Agents;
import org.rollcall.collector.identity.Login;
import org.rollcall.collector.identity.Redemption;
import org.rollcall.collector.intake.Sender;
import org.rollcall.protocol.Limits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who may come in. Logins read the database and check signatures, so they run on a small
 * pool of their own behind a bounded queue; when that is full, clients are told to come back.
 */
final class Reception implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Reception.class);
  private static final int THREADS = 2;
  private static final int MAX_WAITING = 4_096;
  private static final String ENROL = "enrol";

  /** Reason code and reason string of an agent whose key was seen in two places. */
  static final String HELD = "held";

  private static final Duration TIME_TO_END = Duration.ofSeconds(5);

  private final Agents agents;
  private final ExecutorService pool;

  Reception(Agents agents) {
    this(agents, pool());
  }

  /**
   * @param pool on which logins are checked; closed with this
   */
  Reception(Agents agents, ExecutorService pool) {
    this.agents = agents;
    this.pool = pool;
  }

  /** It starts its threads with the first logins. */
  private static ExecutorService pool() {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor made =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            task -> new Thread(task, "ingest-login-" + number.incrementAndGet()));
    made.allowCoreThreadTimeOut(true);
    return made;
  }

  /** Decides on a thread of the pool, or at once if that is too busy. */
  void receive(ConnectRequest request, Consumer<Decision> then) {
    try {
      pool.execute(() -> then.accept(decideSafely(request)));
    } catch (RejectedExecutionException e) {
      then.accept(
          new Decision.Refused(MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_BUSY, "busy"));
    }
  }

  /** Does something with the database for a client that is in; not at all if too busy. */
  void run(Runnable work) {
    try {
      pool.execute(
          () -> {
            try {
              work.run();
            } catch (RuntimeException e) {
              log.atError().setCause(e).log("The database could not be asked for an agent");
            }
          });
    } catch (RejectedExecutionException e) {
      log.atWarn().log("Too busy to ask the database for an agent; the next connection makes up");
    }
  }

  /** Keeps in the database that this agent is held. */
  void hold(String agent, TwoPlaces.Evidence seen) {
    boolean now = agents.hold(agent, seen.one() + " " + seen.other());
    log.atWarn()
        .addKeyValue("agent", agent)
        .addKeyValue("one", seen.one())
        .addKeyValue("other", seen.other())
        .addKeyValue("before", !now)
        .log(
            "One agent's key is used in two places, and both are held: enrol the copy anew, then"
                + " release the agent");
  }

  private Decision decideSafely(ConnectRequest request) {
    try {
      return request.user().equals(ENROL) ? enrol(request) : login(request);
    } catch (RuntimeException e) {
      log.atError()
          .setCause(e)
          .addKeyValue("user", request.user())
          .log("Login could not be checked; the client was told to come back");
      return new Decision.Refused(
          MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE_5, "unavailable");
    }
  }

  private Decision enrol(ConnectRequest request) {
    if (!request.v5()) {
      return new Decision.Refused(
          MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5, "enrolment needs MQTT 5");
    }
    byte[] key;
    try {
      key = Base64.getUrlDecoder().decode(request.key());
    } catch (IllegalArgumentException e) {
      return refused(Redemption.Refused.BAD_PROOF.reason());
    }
    Redemption result = agents.redeem(request.password(), key, request.proof());
    if (result instanceof Redemption.Enrolled enrolled) {
      return new Decision.Enrolled(enrolled);
    }
    return refused(((Redemption.Refused) result).reason());
  }

  private Decision login(ConnectRequest request) {
    if (!Limits.isAgentName(request.user())) {
      return refused(request.user().isEmpty() ? "no-user-name" : "unknown-agent");
    }
    boolean foreign = request.user().startsWith("f-");
    if (!foreign && !request.clientId().equals(request.user())) {
      return new Decision.Refused(
          MqttConnectReturnCode.CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID,
          "client-id-is-not-user-name");
    }
    Login login = agents.authenticate(request.user(), request.password());
    if (login instanceof Login.Granted granted) {
      if (!foreign && !request.version().isEmpty()) {
        agents.runs(granted.agent(), request.version());
      }
      return welcome(request, granted, foreign);
    }
    String reason = ((Login.Refused) login).reason();
    return reason.equals("revoked") || reason.equals(HELD)
        ? new Decision.Refused(MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5, reason)
        : refused(reason);
  }

  /** One user name may serve several foreign devices; each is told apart by its client id. */
  private static Decision welcome(ConnectRequest request, Login.Granted granted, boolean foreign) {
    String assigned = request.clientId().isEmpty() ? "c-" + UUID.randomUUID() : "";
    String id = assigned.isEmpty() ? request.clientId() : assigned;
    String key = foreign ? request.user() + " " + id : request.user();
    return new Decision.Welcome(
        new Sender(granted.agent(), granted.school()),
        key,
        assigned,
        foreign ? "" : request.instance());
  }

  private static Decision refused(String reason) {
    return new Decision.Refused(
        MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD, reason);
  }

  /** Waits for the logins being checked: the database may be closed after this. */
  @Override
  public void close() {
    pool.shutdownNow();
    awaitEnd(pool, "A login");
  }

  /** Waits until what runs on a pool that was shut down has ended, for 5 s at most. */
  static void awaitEnd(ExecutorService pool, String what) {
    try {
      if (!pool.awaitTermination(TIME_TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
        log.atWarn().addKeyValue("what", what).log("Still busy while the MQTT door closes");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
