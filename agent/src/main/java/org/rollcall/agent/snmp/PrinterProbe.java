package org.rollcall.agent.snmp;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.Probe;
import org.rollcall.protocol.v1.Observation;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/**
 * A printer: HOST-RESOURCES-MIB's status and detected errors, Printer-MIB's life count, and its
 * uptime. All in one GETNEXT, since nobody knows under which index a printer lists itself; of
 * several, the first is told.
 *
 * <p>Measures: {@code up}, {@code uptimeSeconds}, {@code printerStatus} (hrPrinterStatus: 1 other,
 * 2 unknown, 3 idle, 4 printing, 5 warming up), {@code lifeCount} (prtMarkerLifeCount: what it
 * marked in its life, in its own unit, mostly pages), and, where it tells errors, one measure of 0
 * or 1 for each bit of hrPrinterDetectedErrorState (RFC 2790; RFC 1759's first eight). A device
 * that answers without any of these is no printer: reason {@value #NO_PRINTER}. One look at a time.
 */
final class PrinterProbe implements Probe {

  /** It answers, and has nothing to tell as a printer. */
  static final String NO_PRINTER = "no-printer";

  /** hrPrinterDetectedErrorState, from the most significant bit of its first octet. */
  private static final List<String> ERRORS =
      List.of(
          "lowPaper",
          "noPaper",
          "lowToner",
          "noToner",
          "doorOpen",
          "jammed",
          "offline",
          "serviceRequested",
          "inputTrayMissing",
          "outputTrayMissing",
          "markerSupplyMissing",
          "outputNearFull",
          "outputFull",
          "inputTrayEmpty",
          "overduePreventiveMaintenance");

  /** Each without the index that is looked for. */
  private static final List<OID> COLUMNS =
      List.of(
          Oids.SYS_UP_TIME.trim(),
          Oids.HR_PRINTER_STATUS,
          Oids.HR_PRINTER_DETECTED_ERROR_STATE,
          Oids.PRT_MARKER_LIFE_COUNT);

  private final HostState host;
  private final Duration interval;
  private final SnmpDevice device;

  PrinterProbe(String subject, Duration interval, SnmpDevice device) {
    this.host = new HostState(subject);
    this.interval = interval;
    this.device = device;
  }

  @Override
  public List<String> subjects() {
    return List.of(host.subject());
  }

  @Override
  public Duration interval() {
    return interval;
  }

  @Override
  public CompletionStage<List<Observation>> run(Instant now) {
    return device.getBulk(COLUMNS, 1).thenApply(answer -> List.of(seen(answer)));
  }

  private Observation seen(Answer answer) {
    if (answer.fault() != null && !Answer.NO_SUCH_NAME.equals(answer.fault())) {
      return host.seen(answer, null, null);
    }
    Variable uptime = first(answer, COLUMNS.get(0));
    Long status = Answer.number(first(answer, Oids.HR_PRINTER_STATUS));
    Variable errors = first(answer, Oids.HR_PRINTER_DETECTED_ERROR_STATE);
    Long count = Answer.number(first(answer, Oids.PRT_MARKER_LIFE_COUNT));
    Answer good = Answer.of(answer.at(), List.of());
    Observation.Builder into = host.seen(good, Answer.number(uptime), null).toBuilder();
    if (status != null) {
      into.putMeasures("printerStatus", (double) status);
    }
    if (count != null) {
      into.putMeasures("lifeCount", (double) count);
    }
    if (errors instanceof OctetString bits) {
      errors(bits.getValue(), into);
    } else if (status == null && count == null) {
      into.setReason(NO_PRINTER);
    }
    return into.build();
  }

  /** Where bits end, so does what is told: a printer that sends one octet knows eight errors. */
  private static void errors(byte[] bits, Observation.Builder into) {
    int known = Math.min(ERRORS.size(), bits.length * 8);
    for (int i = 0; i < known; i++) {
      boolean set = (bits[i / 8] & 0x80 >> i % 8) != 0;
      into.putMeasures(ERRORS.get(i), set ? 1 : 0);
    }
  }

  /** The column's first cell; null when it has none. */
  private static @Nullable Variable first(Answer answer, OID column) {
    for (VariableBinding binding : answer.bindings()) {
      if (binding.getOid().startsWith(column) && !binding.isException()) {
        return binding.getVariable();
      }
    }
    return null;
  }
}
