package org.rollcall.collector.evidence;

import java.util.HexFormat;
import java.util.List;
import org.rollcall.collector.channels.Message;
import org.rollcall.collector.channels.Message.Tone;
import org.rollcall.collector.channels.Words;

/**
 * A day's signed head as a message for others to keep, so that history cannot be rewritten without
 * them seeing it. It says what {@code ./rollcall evidence} prints.
 */
public final class HeadMessage {
  private HeadMessage() {}

  /** Told once for each head. */
  public static Message of(SignedHead head) {
    DayHead day = head.head();
    String signed =
        day.day()
            + " number "
            + day.number()
            + " sha256 "
            + day.sha256()
            + " signature "
            + HexFormat.of().formatHex(head.signature());
    String key = "key " + HexFormat.of().formatHex(day.publicKey());
    return new Message(
        "head:" + day.day() + ":" + day.sha256(),
        "head:" + day.day(),
        Tone.PLAIN,
        "",
        new Words("证据日摘要 " + day.day(), "Head of the evidence of " + day.day()),
        List.of(
            new Words(
                "请保留此消息:日后可据此核对当日证据未被改动(见 docs/proof.md)。",
                "Keep this message: by it anybody can see later that the day's evidence was not"
                    + " changed (docs/proof.md)."),
            new Words(signed, signed),
            new Words(key, key)),
        "/evidence");
  }
}
