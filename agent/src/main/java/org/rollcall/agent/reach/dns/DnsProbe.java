package org.rollcall.agent.reach.dns;

import io.netty.handler.codec.dns.DnsResponseCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.AddressedProbe;
import org.rollcall.agent.probe.Endpoint;
import org.rollcall.agent.reach.Networks;
import org.rollcall.protocol.v1.Observation;

/**
 * Asks a name server one question. Measures: {@code up} 1 when it answered with an address (one
 * that is expected, where some are), {@code responseMillis} from the question to the answer,
 * whatever it says. Reasons: {@code nxdomain}, {@code servfail}, {@code refused}, {@code
 * error-answer} (another code of RFC 1035 or RFC 2136), {@code no-address}, {@code
 * unexpected-address}, {@code truncated} (and no whole answer by TCP), {@code timeout}, {@code
 * bad-answer} (something came from its address and port, and no answer to the question), {@code
 * unreachable}, {@code unknown-host}.
 */
final class DnsProbe extends AddressedProbe {

  /**
   * What is asked.
   *
   * @param name lower-case ASCII, with the root's dot
   * @param v6 AAAA instead of A
   * @param expected null when any address will do
   */
  record Question(String name, boolean v6, @Nullable Networks expected) {}

  private final Question question;
  private final DnsProbes family;

  DnsProbe(
      String subject, Endpoint server, Duration interval, Question question, DnsProbes family) {
    super(subject, server, interval, family.names(), family.clock());
    this.question = question;
    this.family = family;
  }

  @Override
  protected CompletionStage<Observation> look(InetAddress address) {
    int id = family.random().nextInt(1 << 16);
    return new DnsLook(
            family.loops().next(),
            new InetSocketAddress(address, port()),
            question,
            id,
            family.patience())
        .start()
        .thenApply(this::told);
  }

  private Observation told(DnsLook.Outcome outcome) {
    DnsAnswer answer = outcome.answer();
    if (answer == null) {
      return down(outcome.reason());
    }
    String reason = reason(answer);
    Observation.Builder seen =
        observation()
            .putMeasures("up", reason == null ? 1 : 0)
            .putMeasures("responseMillis", outcome.millis());
    return (reason == null ? seen : seen.setReason(reason)).build();
  }

  private @Nullable String reason(DnsAnswer answer) {
    if (!answer.code().equals(DnsResponseCode.NOERROR)) {
      return reason(answer.code());
    }
    if (answer.addresses().isEmpty()) {
      return "no-address";
    }
    Networks expected = question.expected();
    return expected == null || answer.addresses().stream().allMatch(expected::contains)
        ? null
        : "unexpected-address";
  }

  private static String reason(DnsResponseCode code) {
    if (code.equals(DnsResponseCode.NXDOMAIN)) {
      return "nxdomain";
    }
    if (code.equals(DnsResponseCode.SERVFAIL)) {
      return "servfail";
    }
    return code.equals(DnsResponseCode.REFUSED) ? "refused" : "error-answer";
  }
}
