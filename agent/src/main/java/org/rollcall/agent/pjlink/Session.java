package org.rollcall.agent.pjlink;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One short connection: greeting, password, then one command at a time, and the end. The password's
 * digest stands in front of the first command alone. Lines that answer nothing that was asked, such
 * as an answer told twice, are passed over, {@value #MOST_STRAY_LINES} of them.
 *
 * <p>Runs on its event loop only. It ends when all is answered, at the first silence longer than
 * the patience, when the projector hangs up, or at what is no PJLink; and always closes.
 */
final class Session extends SimpleChannelInboundHandler<ByteBuf> {
  static final int MOST_STRAY_LINES = 8;

  private static final String HEAD = "PJLINK ";
  private static final String REFUSAL = "ERRA";
  private static final String SHA256 = "PJLINK 2";

  /** What this connection is for. */
  interface Errand {
    /** The password; null: none is known. */
    @Nullable String password();

    /** 16 bytes nobody can foresee to ask for SHA-256 with; null: ask for MD5 at once. */
    byte @Nullable [] controllerRandom();

    /** How long the projector may take for a line, milliseconds. */
    long patienceMillis();

    /**
     * The next question, such as {@code %1POWR ?}.
     *
     * @param answered what is answered so far, by the command's four letters
     * @return null when nothing is left to ask
     */
    @Nullable String next(Map<String, String> answered);
  }

  private enum Awaiting {
    GREETING,
    SHA256,
    ANSWER
  }

  private final Errand errand;
  private final CompletableFuture<Heard> outcome = new CompletableFuture<>();
  private final LineBuffer lines = new LineBuffer();
  private final Map<String, String> answers = new HashMap<>();
  private Awaiting awaiting = Awaiting.GREETING;
  private boolean greeted;
  private String asked = "";
  private int strayLines;
  private java.util.concurrent.@Nullable ScheduledFuture<?> alarm;

  Session(Errand errand) {
    this.errand = errand;
  }

  /** Completes on the event loop, never exceptionally. */
  CompletableFuture<Heard> outcome() {
    return outcome;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    await(context);
  }

  private void await(ChannelHandlerContext context) {
    disarm();
    alarm =
        context
            .executor()
            .schedule(() -> silent(context), errand.patienceMillis(), TimeUnit.MILLISECONDS);
  }

  private void disarm() {
    if (alarm != null) {
      alarm.cancel(false);
      alarm = null;
    }
  }

  private void silent(ChannelHandlerContext context) {
    end(context, Reasons.TIMEOUT, awaiting == Awaiting.SHA256);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf in) {
    while (!outcome.isDone()) {
      String line = lines.next(in);
      if (line == null) {
        break;
      }
      greeted = true;
      read(context, line);
    }
    if (lines.tooLong()) {
      greeted = true;
      end(context, Reasons.LINE_TOO_LONG, false);
    }
  }

  private void read(ChannelHandlerContext context, String line) {
    switch (awaiting) {
      case GREETING -> greeting(context, line);
      case SHA256 -> securityLevel(context, line);
      case ANSWER -> answer(context, line);
    }
  }

  private void greeting(ChannelHandlerContext context, String line) {
    if (line.equalsIgnoreCase(HEAD + "0")) {
      ask(context, "");
      return;
    }
    String random = rest(line, HEAD + "1 ");
    if (random == null || !Digest.isHex(random, 8)) {
      end(context, Reasons.BAD_ANSWER, false);
      return;
    }
    String password = errand.password();
    if (password == null) {
      end(context, Reasons.PASSWORD_MISSING, false);
    } else if (errand.controllerRandom() == null) {
      ask(context, Digest.md5(random, password));
    } else {
      awaiting = Awaiting.SHA256;
      send(context, SHA256);
    }
  }

  /** Whatever it says instead, it does not know SHA-256. */
  private void securityLevel(ChannelHandlerContext context, String line) {
    String random = rest(line, SHA256 + " ");
    String password = errand.password();
    byte[] own = errand.controllerRandom();
    if (random == null
        || !Digest.isHex(random, 2 * Digest.RANDOM_BYTES)
        || password == null
        || own == null) {
      end(context, Reasons.BAD_ANSWER, true);
    } else {
      ask(context, Digest.sha256(random, own, password));
    }
  }

  private void ask(ChannelHandlerContext context, String prefix) {
    String question = errand.next(answers);
    if (question == null) {
      end(context, null, false);
      return;
    }
    awaiting = Awaiting.ANSWER;
    asked = question.substring(2, 6);
    send(context, prefix + question);
  }

  private void answer(ChannelHandlerContext context, String line) {
    if (isRefusal(line)) {
      end(context, Reasons.WRONG_PASSWORD, false);
      return;
    }
    boolean answer = line.length() > 6 && line.charAt(0) == '%' && line.charAt(6) == '=';
    if (answer && line.regionMatches(true, 2, asked, 0, 4)) {
      answers.put(asked, line.substring(7).strip());
      ask(context, "");
    } else if (line.charAt(0) != '%' || ++strayLines > MOST_STRAY_LINES) {
      end(context, Reasons.BAD_ANSWER, false);
    }
  }

  /** {@code PJLINK ERRA}; some say {@code PJLINK=ERRA} or {@code %1POWR=ERRA}. */
  private static boolean isRefusal(String line) {
    int from = HEAD.length();
    return line.length() == from + REFUSAL.length()
        && line.regionMatches(true, from, REFUSAL, 0, REFUSAL.length());
  }

  private static @Nullable String rest(String line, String head) {
    return line.regionMatches(true, 0, head, 0, head.length())
        ? line.substring(head.length()).strip()
        : null;
  }

  private void send(ChannelHandlerContext context, String line) {
    Future<Void> unused =
        context.writeAndFlush(ByteBufUtil.writeUtf8(context.alloc(), line + "\r"));
    await(context);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end(context, Reasons.HUNG_UP, awaiting == Awaiting.SHA256);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    end(context, Reasons.HUNG_UP, awaiting == Awaiting.SHA256);
  }

  private void end(ChannelHandlerContext context, @Nullable String reason, boolean noSha256) {
    disarm();
    Future<Void> unused = context.close();
    outcome.complete(new Heard(answers, reason, greeted, noSha256));
  }
}
