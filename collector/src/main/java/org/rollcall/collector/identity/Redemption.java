package org.rollcall.collector.identity;

/** What came of an enrolment code. */
public sealed interface Redemption {

  /**
   * @param agent the id under which the key's owner reports from now on
   * @param school code of the school it reports for
   */
  record Enrolled(String agent, String school, String schoolName) implements Redemption {}

  /**
   * @param reason a short sentence for the technician, as it crosses the wire
   */
  record Refused(String reason) implements Redemption {
    public static final Refused UNKNOWN = new Refused("unknown code");
    public static final Refused USED = new Refused("code already used");
    public static final Refused EXPIRED = new Refused("code expired");
    public static final Refused BAD_PROOF = new Refused("key does not match its proof");
    public static final Refused REVOKED = new Refused("key was revoked");
  }
}
