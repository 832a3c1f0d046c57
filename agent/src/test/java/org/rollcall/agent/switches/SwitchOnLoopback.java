package org.rollcall.agent.switches;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.rollcall.agent.probe.Credential;
import org.rollcall.agent.probe.Credentials;
import org.rollcall.agent.probe.Endpoint;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.agent.snmp.FakeDevice;
import org.rollcall.agent.snmp.SnmpProbes;
import org.rollcall.agent.snmp.SnmpSettings;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;

/**
 * A switch on loopback that speaks SNMP, with tables of a test's own or recorded ones, and what
 * asks it.
 */
public final class SwitchOnLoopback implements AutoCloseable {
  private static final List<String> TABLES =
      List.of(
          "1.3.6.1.2.1.1.",
          "1.3.6.1.2.1.2.2.1.2.",
          "1.3.6.1.2.1.2.2.1.8.",
          "1.3.6.1.2.1.31.1.1.1.1.",
          "1.3.6.1.2.1.17.",
          "1.3.6.1.2.1.4.22.",
          "1.3.6.1.2.1.4.35.",
          "1.0.8802.");

  private final FakeDevice responder = new FakeDevice();
  private final NameLookup names = new NameLookup(Clock.systemUTC());
  private final SnmpProbes snmp;

  public SwitchOnLoopback(Duration timeout) {
    snmp =
        new SnmpProbes(
            SnmpSettings.of("public", timeout, 0), Credentials.none(), names, Clock.systemUTC());
    snmp.start();
  }

  /** Answers everything, however busy the machine is. */
  public SwitchOnLoopback() {
    this(Duration.ofSeconds(30));
  }

  /** With the tables of a recording, {@code OID|TAG|VALUE} a line. */
  public static SwitchOnLoopback recorded(String name) {
    SwitchOnLoopback device = new SwitchOnLoopback();
    String other = System.getProperty("rollcall.recordings");
    Path folder =
        other != null
            ? Path.of(other)
            : Path.of(System.getProperty("rollcall.root"), "..", "shared", "devices").normalize();
    Set<String> seen = new HashSet<>();
    try {
      for (String line :
          Files.readAllLines(folder.resolve(name + ".snmprec"), StandardCharsets.ISO_8859_1)) {
        String[] parts = line.split("\\|", 3);
        // The first of two lines for one OID is the one that is served.
        if (parts.length == 3
            && TABLES.stream().anyMatch(parts[0]::startsWith)
            && seen.add(parts[0])) {
          device.put(parts[0], parts[1], parts[2]);
        }
      }
    } catch (IOException e) {
      throw new AssertionError("no recording " + name, e);
    }
    return device;
  }

  private void put(String oid, String tag, String value) {
    if (tag.equals("2")) {
      number(oid, Integer.parseInt(value));
    } else if (tag.equals("4")) {
      octets(oid, value.getBytes(StandardCharsets.ISO_8859_1));
    } else if (tag.equals("4x")) {
      octets(oid, HexFormat.of().parseHex(value));
    }
  }

  public SwitchOnLoopback number(String oid, int value) {
    responder.put(new OID(oid), new Integer32(value));
    return this;
  }

  public SwitchOnLoopback octets(String oid, byte[] value) {
    responder.put(new OID(oid), new OctetString(value));
    return this;
  }

  public SwitchOnLoopback text(String oid, String value) {
    return octets(oid, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A port that is up or not, and its bridge port of the same number. */
  public SwitchOnLoopback port(int number, String name, boolean up) {
    return text("1.3.6.1.2.1.31.1.1.1.1." + number, name)
        .number("1.3.6.1.2.1.2.2.1.8." + number, up ? 1 : 2)
        .number("1.3.6.1.2.1.17.1.4.1.2." + number, number);
  }

  /** An address of VLAN 1 in the forwarding table; status as in dot1dTpFdbStatus. */
  public SwitchOnLoopback forwards(String mac, int port, int status) {
    String index = index(mac);
    return number("1.3.6.1.2.1.17.7.1.2.2.1.2.1" + index, port)
        .number("1.3.6.1.2.1.17.7.1.2.2.1.3.1" + index, status);
  }

  /** The address is in the forwarding table no more. */
  public SwitchOnLoopback forgets(String mac) {
    responder.remove(new OID("1.3.6.1.2.1.17.7.1.2.2.1.2.1" + index(mac)));
    responder.remove(new OID("1.3.6.1.2.1.17.7.1.2.2.1.3.1" + index(mac)));
    return this;
  }

  private static String index(String mac) {
    StringBuilder index = new StringBuilder();
    for (String octet : mac.split(":", -1)) {
      index.append('.').append(Integer.parseInt(octet, 16));
    }
    return index.toString();
  }

  public FakeDevice responder() {
    return responder;
  }

  public TableSource tables() {
    return new SnmpTables(snmp);
  }

  public SwitchReader reader() {
    return new SwitchReader(tables());
  }

  public TableSource.Device device() {
    return new TableSource.Device(
        new Endpoint("127.0.0.1", responder.port()), Credential.community("public"));
  }

  @Override
  public void close() {
    snmp.close();
    names.close();
    responder.close();
  }
}
