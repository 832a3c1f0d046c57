package org.rollcall.simulator.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.snmp4j.CommunityTarget;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.PDU;
import org.snmp4j.Snmp;
import org.snmp4j.event.ResponseEvent;
import org.snmp4j.event.ResponseListener;
import org.snmp4j.mp.MPv2c;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.VariableBinding;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/** SNMP4J as its manual uses it, for the same objects; values are only counted. */
final class BarePoller implements SnmpPollerMain.Poller, ResponseListener {
  private final List<CommunityTarget<UdpAddress>> targets = new ArrayList<>();
  private final List<VariableBinding> asked = new ArrayList<>();
  private final AtomicLong begun = new AtomicLong();
  private final AtomicInteger lastId = new AtomicInteger(0x4000_0000);
  private final LongAdder polls = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private @Nullable Snmp snmp;
  private volatile boolean ended;

  @Override
  public void start(List<Integer> ports) {
    try {
      MessageDispatcherImpl dispatcher = new MessageDispatcherImpl();
      dispatcher.addMessageProcessingModel(new MPv2c());
      snmp = new Snmp(dispatcher, new DefaultUdpTransportMapping());
      snmp.listen();
      for (int port : ports) {
        CommunityTarget<UdpAddress> target =
            new CommunityTarget<>(
                new UdpAddress(InetAddress.getLoopbackAddress(), port), new OctetString("public"));
        target.setVersion(SnmpConstants.version2c);
        target.setTimeout(2_000);
        target.setRetries(1);
        targets.add(target);
      }
      ask();
      for (int i = 0; i < Math.min(SnmpPollerMain.IN_FLIGHT, targets.size()); i++) {
        next();
      }
    } catch (IOException refused) {
      throw new UncheckedIOException("No UDP socket could be opened.", refused);
    }
  }

  /** What the agent asks of such a device between two looks at the names. */
  private void ask() {
    asked.add(new VariableBinding(SnmpBenchMib.UPTIME));
    asked.add(new VariableBinding(new OID("1.3.6.1.2.1.31.1.5.0")));
    for (int port = 1; port <= SnmpBenchMib.PORTS; port++) {
      for (String column : List.of("31.1.1.1.19", "31.1.1.1.6", "31.1.1.1.10", "31.1.1.1.15")) {
        asked.add(new VariableBinding(new OID("1.3.6.1.2.1." + column + "." + port)));
      }
      asked.add(new VariableBinding(new OID("1.3.6.1.2.1.2.2.1.8." + port)));
    }
  }

  private void next() {
    Snmp open = snmp;
    if (ended || open == null) {
      return;
    }
    PDU pdu = new PDU(PDU.GET, asked);
    pdu.setRequestID(new Integer32(lastId.incrementAndGet()));
    try {
      open.send(pdu, targets.get((int) (begun.getAndIncrement() % targets.size())), null, this);
    } catch (IOException refused) {
      failures.increment();
    }
  }

  @Override
  public <A extends Address> void onResponse(ResponseEvent<A> event) {
    ((Snmp) event.getSource()).cancel(event.getRequest(), this);
    PDU response = event.getResponse();
    (response != null && response.size() == asked.size() ? polls : failures).increment();
    next();
  }

  @Override
  public long polls() {
    return polls.sum();
  }

  @Override
  public long failures() {
    return failures.sum();
  }

  @Override
  public void close() {
    ended = true;
    try {
      if (snmp != null) {
        snmp.close();
      }
    } catch (IOException closing) {
      throw new UncheckedIOException("The SNMP socket did not close.", closing);
    }
  }
}
