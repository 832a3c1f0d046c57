package org.rollcall.collector.identity;

/** What came of a login. */
public sealed interface Login {

  /** It is the agent it says, and reports for this school. */
  record Granted(String agent, String school) implements Login {}

  /**
   * @param reason stable code: unknown-agent, revoked, held, wrong-password, or what {@code
   *     AgentToken} found wrong (expired, not-yet-valid, bad-signature, wrong-agent, malformed)
   */
  record Refused(String reason) implements Login {}
}
