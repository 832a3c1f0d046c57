package org.rollcall.agent.reach.path;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever ping prints of a hop: who answered is an address, and no name server is asked. */
class HopFuzzTest {

  static Stream<byte[]> seeds() {
    return Stream.of(
            "From 10.0.0.1 icmp_seq=1 Time to live exceeded\n",
            "From 10.0.0.1: icmp_seq=1 Time to live exceeded\n",
            "From fe80::1%eth0 icmp_seq=1 Time exceeded: Hop limit\n",
            "64 bytes from 10.0.0.9: icmp_seq=1 ttl=64 time=0.03 ms\n",
            "36 bytes from 10.0.0.1: Time to live exceeded\n",
            "From 10.0.0.1 icmp_seq=1 Destination Host Unreachable\n",
            "ping: connect: Network is unreachable\n",
            "1 bytes from ::::::::::::: icmp_seq=",
            "1 bytes from 999.1.1.1: icmp_seq=1",
            "From dead.beef icmp_seq=1 X\n")
        .map(text -> text.getBytes(ISO_8859_1));
  }

  @MethodSource("seeds")
  @FuzzTest
  void whoAnsweredIsAnAddress(byte[] bytes) {
    Hop hop = Hop.parse(new String(bytes, ISO_8859_1));
    boolean answered = hop.what() == Hop.What.ROUTER || hop.what() == Hop.What.TARGET;
    assertThat(!answered || hop.from() != null).isTrue();
    assertThat(hop.what() != Hop.What.SILENT || hop.from() == null).isTrue();
  }
}
