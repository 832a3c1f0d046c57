package org.rollcall.agent.enrolment;

import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.enrolment.EnrolmentException.Reason;
import org.rollcall.agent.uplink.MqttClosure;
import org.rollcall.agent.uplink.MqttConnection;
import org.rollcall.agent.uplink.MqttListener;
import org.rollcall.agent.uplink.MqttLogin;
import org.rollcall.agent.uplink.MqttSession;
import org.rollcall.agent.uplink.MqttTarget;
import org.rollcall.agent.uplink.NetworkThreads;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.AgentToken;
import org.rollcall.protocol.EnrolmentCode;
import org.rollcall.protocol.Limits;

/**
 * Redeems a code: one MQTT connection as {@code enrol} whose password is the code's secret, with
 * the new public key and a proof that its private half is here. The answer names the school.
 */
public final class Enrolment {
  private static final String USERNAME = "enrol";
  private static final long ANSWER_SECONDS = 30;

  private final NetworkThreads network;
  private final InstantSource clock;
  private final boolean tls;

  /** What ended the one attempt: a session or a closure. */
  private record Answer(@Nullable MqttSession session, @Nullable MqttClosure closure) {}

  /**
   * @param network started
   * @param tls false: plain TCP, for a collector that is configured so
   */
  public Enrolment(NetworkThreads network, InstantSource clock, boolean tls) {
    this.network = network;
    this.clock = clock;
    this.tls = tls;
  }

  /**
   * Tries once, for at most half a minute, on the calling thread. Writes nothing.
   *
   * @throws EnrolmentException with a sentence that says what to do
   */
  public AgentIdentity enrol(EnrolmentCode code, AgentKey key) throws EnrolmentException {
    MqttTarget target =
        new MqttTarget(code.host(), code.port(), tls ? code.serverKeySha256() : null);
    Map<String, String> proof =
        Map.of(
            "key", Base64.getUrlEncoder().withoutPadding().encodeToString(key.publicKey()),
            "proof", AgentToken.issue(key, clock.instant()));
    MqttLogin login = new MqttLogin("", USERNAME, code.secret(), proof, Limits.KEEP_ALIVE);
    Answer answer = ask(target, login);
    if (answer.closure() != null) {
      throw failure(target, answer.closure());
    }
    return identity(code, key, answer.session());
  }

  private Answer ask(MqttTarget target, MqttLogin login) throws EnrolmentException {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    MqttConnection connection =
        MqttConnection.open(
            network,
            target,
            login,
            new MqttListener() {
              @Override
              public void connected(MqttSession session) {
                answer.complete(new Answer(session, null));
              }

              @Override
              public void closed(MqttClosure closure) {
                answer.complete(new Answer(null, closure));
              }
            });
    try {
      return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new EnrolmentException(
          Reason.NO_ANSWER, "The server " + target + " does not answer: try again later.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnrolmentException(Reason.NO_ANSWER, "Enrolment was interrupted: try again.");
    } catch (ExecutionException e) {
      throw new IllegalStateException("BUG: the answer cannot fail", e);
    } finally {
      connection.disconnect();
    }
  }

  private static AgentIdentity identity(
      EnrolmentCode code, AgentKey key, @Nullable MqttSession session) throws EnrolmentException {
    String school = session == null ? null : session.userProperties().get("school");
    boolean meant = session != null && key.agentId().equals(session.assignedClientId());
    if (session == null || school == null || !meant) {
      throw new EnrolmentException(
          Reason.REFUSED,
          "What answers at "
              + code.host()
              + ":"
              + code.port()
              + " does not enrol agents: check with whoever issued the code.");
    }
    return new AgentIdentity(
        code.host(),
        code.port(),
        code.serverKeySha256(),
        key.agentId(),
        school,
        session.userProperties().get("schoolName"));
  }

  private static EnrolmentException failure(MqttTarget target, MqttClosure closure) {
    return switch (closure.cause()) {
      case UNREACHABLE ->
          new EnrolmentException(
              Reason.UNREACHABLE,
              "The server "
                  + closure.detail()
                  + " cannot be reached: check the school's line, its DNS and its firewall.");
      case WRONG_FINGERPRINT ->
          new EnrolmentException(
              Reason.WRONG_FINGERPRINT,
              "The server "
                  + target
                  + " is not the one the code was issued by ("
                  + closure.detail()
                  + "): do not go on, and tell whoever issued the code.");
      case REFUSED -> refused(closure);
      case TLS_FAILED, PROTOCOL_ERROR, LOST, TIMEOUT, SERVER_LEFT, CLOSED_HERE ->
          new EnrolmentException(
              Reason.NO_ANSWER,
              "The server "
                  + target
                  + " did not answer as a Rollcall server does ("
                  + closure.detail()
                  + "): check the address and port in the code.");
    };
  }

  /** The reason strings are part of the wire protocol. */
  private static EnrolmentException refused(MqttClosure closure) {
    return switch (closure.detail()) {
      case "code already used" ->
          new EnrolmentException(
              Reason.CODE_USED,
              "This enrolment code was already used: ask for a new one, a code is good for one"
                  + " agent.");
      case "code expired" ->
          new EnrolmentException(
              Reason.CODE_EXPIRED, "This enrolment code has expired: ask for a new one.");
      case "unknown code" ->
          new EnrolmentException(
              Reason.CODE_UNKNOWN,
              "The server does not know this enrolment code: ask for a new one.");
      case "key does not match its proof" ->
          new EnrolmentException(
              Reason.KEY_REFUSED,
              "The server could not verify this agent's key: check that the clock of this machine"
                  + " is right, and try again.");
      default ->
          new EnrolmentException(
              Reason.REFUSED,
              "The server refuses to enrol this agent (0x"
                  + Integer.toHexString(closure.code())
                  + " "
                  + closure.detail()
                  + "): ask whoever issued the code.");
    };
  }
}
