package org.rollcall.agent.snmp;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import org.snmp4j.PDU;
import org.snmp4j.mp.SnmpConstants;

/** v1 and v2c: a community, sent in the clear. */
final class CommunityAccess implements Access {

  private static final String HEX = "hex:";

  private final SnmpSession session;
  private final int version;
  private final byte[] community;
  private final SnmpSettings settings;

  /**
   * With a community as it stands in the settings.
   *
   * @param community {@code hex:} and hexadecimal digits, or text, which is sent as UTF-8
   */
  CommunityAccess(
      SnmpSession session, SnmpVersion version, String community, SnmpSettings settings) {
    this.session = session;
    this.version = version == SnmpVersion.V1 ? SnmpConstants.version1 : SnmpConstants.version2c;
    this.community =
        community.startsWith(HEX)
            ? HexFormat.of().parseHex(community.substring(HEX.length()))
            : community.getBytes(StandardCharsets.UTF_8);
    this.settings = settings;
  }

  @Override
  public PDU request() {
    return new PDU();
  }

  @Override
  public CompletableFuture<Answer> ask(InetSocketAddress to, PDU request) {
    return session.ask(to, version, community, request, settings);
  }

  @Override
  public boolean modern() {
    return version != SnmpConstants.version1;
  }
}
