package org.rollcall.agent.reach.dns;

import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is kept of an answer.
 *
 * @param addresses of the name that was asked for, by way of its aliases, in the answer's order
 */
record DnsAnswer(DnsResponseCode code, List<InetAddress> addresses) {

  /** Whether this is an answer to that question, and not to another. */
  static boolean fits(DnsResponse response, int id, DnsProbe.Question question) {
    if (response.id() != id || response.count(DnsSection.QUESTION) != 1) {
      return false;
    }
    DnsRecord asked = response.recordAt(DnsSection.QUESTION);
    return asked instanceof DnsQuestion
        && asked.type().equals(type(question))
        && asked.dnsClass() == DnsRecord.CLASS_IN
        && lower(asked.name()).equals(question.name());
  }

  static DnsRecordType type(DnsProbe.Question question) {
    return question.v6() ? DnsRecordType.AAAA : DnsRecordType.A;
  }

  /**
   * Reads an answer that {@link #fits}. Records of other names are passed over.
   *
   * @throws RuntimeException when a name in it cannot be read
   */
  static DnsAnswer of(DnsResponse response, DnsProbe.Question question) {
    List<InetAddress> addresses = new ArrayList<>();
    Set<String> names = new HashSet<>(Set.of(question.name()));
    int size = question.v6() ? 16 : 4;
    for (int i = 0; i < response.count(DnsSection.ANSWER); i++) {
      DnsRecord entry = response.recordAt(DnsSection.ANSWER, i);
      if (!(entry instanceof DnsRawRecord raw)
          || entry.dnsClass() != DnsRecord.CLASS_IN
          || !names.contains(lower(entry.name()))) {
        continue;
      }
      if (entry.type().equals(DnsRecordType.CNAME)) {
        names.add(lower(DefaultDnsRecordDecoder.decodeName(raw.content().duplicate())));
      } else if (entry.type().equals(type(question)) && raw.content().readableBytes() == size) {
        addresses.add(address(raw, size));
      }
    }
    return new DnsAnswer(response.code(), List.copyOf(addresses));
  }

  private static InetAddress address(DnsRawRecord entry, int size) {
    byte[] bytes = new byte[size];
    entry.content().getBytes(entry.content().readerIndex(), bytes);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("BUG: an address of " + size + " bytes", e);
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
