package org.rollcall.agent.reach.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.agent.reach.path.Hop.What;

class HopTest {

  /** Lines as iputils 2022, iputils 2007 and inetutils print them. */
  @ParameterizedTest
  @CsvSource({
    "From 10.1.0.1 icmp_seq=1 Time to live exceeded, ROUTER, 10.1.0.1",
    "From fd00:1::1 icmp_seq=1 Time exceeded: Hop limit, ROUTER, fd00:1::1",
    "From fe80::1%eth0 icmp_seq=1 Time exceeded: Hop limit, ROUTER, fe80::1",
    "From 10.1.0.1: icmp_seq=1 Time to live exceeded, ROUTER, 10.1.0.1",
    "36 bytes from 10.1.0.1: Time to live exceeded, ROUTER, 10.1.0.1",
    "64 bytes from 10.3.0.2: icmp_seq=1 ttl=62 time=0.225 ms, TARGET, 10.3.0.2",
    "64 bytes from fd00:3::2: icmp_seq=1 ttl=62 time=0.225 ms, TARGET, fd00:3::2",
    "From 10.1.0.1 icmp_seq=1 Destination Net Unreachable, NO_WAY, 10.1.0.1",
    "From 10.1.0.2 icmp_seq=1 Destination Host Unreachable, NO_WAY, 10.1.0.2",
    "36 bytes from 10.1.0.1: Destination Host Unreachable, NO_WAY, 10.1.0.1",
    "ping: connect: Network is unreachable, NO_WAY,",
    "'1 packets transmitted, 0 received, 100% packet loss, time 0ms', SILENT,",
    "From no.such.host icmp_seq=1 Time to live exceeded, SILENT,",
    "From 10.1.0.999 icmp_seq=1 Time to live exceeded, SILENT,",
    "'', SILENT,"
  })
  void everyFormIsRead(String line, What what, @Nullable String from) throws Exception {
    Hop hop = Hop.parse("PING 10.3.0.2 (10.3.0.2) 56(84) bytes of data.\n" + line + "\n\n---\n");
    assertThat(hop.what()).isEqualTo(what);
    assertThat(hop.from()).isEqualTo(from == null ? null : InetAddress.getByName(from));
  }
}
