package org.rollcall.agent.snmp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UnsignedInteger32;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/**
 * What came of one request: the device's values, or a fault. Values are found by their OID, never
 * by their place, and what is of a wrong type is as absent as what is missing.
 *
 * @param at when it arrived
 * @param bindings what the device said; empty with a fault
 * @param fault null, or why there are no values
 * @param errorIndex which binding of the request the device could not answer, from 1; 0: none in
 *     particular
 */
record Answer(Instant at, List<VariableBinding> bindings, @Nullable String fault, int errorIndex) {

  static final String TIMEOUT = "timeout";
  static final String UNKNOWN_HOST = "unknown-host";

  /** The agent's own machine could not send. */
  static final String UNREACHABLE = "unreachable";

  /** The answer would not fit into a packet of the device's. */
  static final String TOO_BIG = "too-big";

  /** The device refused with an error status. */
  static final String DEVICE_ERROR = "device-error";

  /** v1's way of saying that an object is not there, or that the table is at its end. */
  static final String NO_SUCH_NAME = "no-such-name";

  /** The device knows who asks, and does not let him see this. */
  static final String NO_ACCESS = "no-access";

  /** Too much waits to be asked of the device. */
  static final String BUSY = "device-busy";

  /** An answer that does not speak of what was asked. */
  static final String BAD_ANSWER = "bad-answer";

  private static final Charset CHINESE = Charset.forName("GB18030");

  @SuppressWarnings("unchecked") // Read only, and nobody else has it.
  static Answer of(Instant at, List<? extends VariableBinding> bindings) {
    return new Answer(at, (List<VariableBinding>) bindings, null, 0);
  }

  static Answer failed(Instant at, String fault) {
    return new Answer(at, List.of(), fault, 0);
  }

  static Answer refused(Instant at, String fault, int errorIndex) {
    return new Answer(at, List.of(), fault, errorIndex);
  }

  /** Whether the device refused the request for one object of it, {@link #errorIndex}. */
  boolean refusesOne() {
    return errorIndex > 0 && (DEVICE_ERROR.equals(fault) || NO_SUCH_NAME.equals(fault));
  }

  /** The value at the OID; null when the device has none there. */
  @Nullable Variable value(OID oid) {
    for (VariableBinding binding : bindings) {
      if (oid.equals(binding.getOid())) {
        Variable value = binding.getVariable();
        return value == null || value.isException() ? null : value;
      }
    }
    return null;
  }

  /**
   * The value of the question's object at a place. Devices answer in the order they are asked in;
   * one that does not is searched.
   */
  @Nullable Variable value(Question question, int place) {
    OID oid = question.oid(place);
    if (place < bindings.size()) {
      VariableBinding binding = bindings.get(place);
      if (oid.equals(binding.getOid())) {
        Variable value = binding.getVariable();
        return value instanceof Null ? null : value; // Exceptions are kinds of Null.
      }
    }
    return value(oid);
  }

  @Nullable Long number(Question question, int place) {
    return number(value(question, place));
  }

  @Nullable Long ticks(Question question, int place) {
    return ticks(number(value(question, place)));
  }

  /** A whole number that is not negative, in whichever of SMI's types; null for anything else. */
  @Nullable Long number(OID oid) {
    return number(value(oid));
  }

  static @Nullable Long number(@Nullable Variable value) {
    if (value instanceof UnsignedInteger32 || value instanceof Integer32) {
      long number = value.toLong();
      return number >= 0 ? number : null;
    }
    if (value instanceof Counter64) {
      long number = value.toLong();
      return number >= 0 ? number : null;
    }
    return null;
  }

  /** A number below 2^32: time ticks and the like. */
  @Nullable Long ticks(OID oid) {
    return ticks(number(oid));
  }

  private static @Nullable Long ticks(@Nullable Long number) {
    return number == null || number >= CounterRate.TICKS_PER_WRAP ? null : number;
  }

  @Nullable String text(OID oid) {
    return text(value(oid));
  }

  /**
   * A device's text, without the NULs and blanks some pad it with; null when it is no text or
   * empty. Bytes that are not UTF-8 are read as GB18030, in which Chinese Windows names its
   * interfaces.
   */
  static @Nullable String text(@Nullable Variable value) {
    if (!(value instanceof OctetString octets)) {
      return null;
    }
    byte[] bytes = octets.getValue();
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
    } catch (CharacterCodingException notUtf8) {
      text = new String(bytes, CHINESE);
    }
    String clean = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return clean.isEmpty() ? null : clean;
  }
}
