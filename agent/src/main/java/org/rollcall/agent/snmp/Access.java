package org.rollcall.agent.snmp;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.snmp4j.PDU;

/** In which version, and with which secret, a device is spoken to. */
interface Access {

  /** An empty request of the version's form. */
  PDU request();

  /** Sends it. Completes on the session's threads, never exceptionally. */
  CompletableFuture<Answer> ask(InetSocketAddress to, PDU request);

  /**
   * Whether the version has GETBULK, 64-bit counters, and answers to a request of which one object
   * is missing: all but v1.
   */
  boolean modern();
}
