package org.rollcall.simulator.projector;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.rollcall.simulator.projector.ProjectorModel.Scheme;

/**
 * One controller's connection to a projector: greeting, password, then one answer a line. Runs on
 * its event loop only; ends with the connection, or after 30 s without a command (specification
 * 5.2).
 */
final class ProjectorConnection extends SimpleChannelInboundHandler<ByteBuf> {
  /** Longest line, its end included. */
  static final int LONGEST_LINE = 136;

  private static final int LATE_MILLIS = 3_000;
  private static final int ENDLESS = 1 << 20;

  private final Projector projector;
  private final Place place;
  private final StringBuilder line = new StringBuilder();
  private String random = "";
  private String sha256Random = "";
  private boolean trusted;

  /** Where connections of one projector meet. Called on the event loop. */
  interface Place {
    /** Whether the projector takes one more, and answers it. */
    boolean enter();

    void leave();

    /** So many hexadecimal digits nobody can foresee. */
    String random(int digits);

    /** One line from a controller was understood. */
    void asked(String command);
  }

  ProjectorConnection(Projector projector, Place place) {
    this.projector = projector;
    this.place = place;
  }

  private boolean has(Quirk quirk) {
    return projector.model().has(quirk);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    boolean answered = place.enter();
    if (has(Quirk.HANGS_UP_AT_ONCE) || (!answered && has(Quirk.ONE_CONNECTION))) {
      begun(context.close());
      return;
    }
    if (!answered || has(Quirk.NEVER_GREETS)) {
      return;
    }
    if (has(Quirk.GREETS_WITH_GARBAGE)) {
      say(context, "\u0001\u0002HTTP/1.1 400 Bad Request");
    } else if (projector.asksForPassword()) {
      random = place.random(8);
      say(context, "PJLINK 1 " + random);
    } else {
      trusted = true;
      say(context, "PJLINK 0");
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    place.leave();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf in) {
    while (in.isReadable()) {
      char next = (char) (in.readByte() & 0xFF);
      if (next == '\r') {
        String whole = line.toString();
        line.setLength(0);
        read(context, whole);
      } else if (line.length() < LONGEST_LINE) {
        line.append(next);
      }
    }
  }

  private void read(ChannelHandlerContext context, String whole) {
    if (projector.model().scheme() == Scheme.SHA256 && whole.equals("PJLINK 2")) {
      sha256Random = place.random(Password.RANDOM);
      say(context, "PJLINK 2 " + sha256Random);
      return;
    }
    if (whole.equals("PJLINK 2") && has(Quirk.IGNORES_SHA256)) {
      return;
    }
    String command = trusted ? whole : admitted(whole);
    if (command == null) {
      say(context, "PJLINK ERRA");
      begun(context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE));
      return;
    }
    trusted = true;
    place.asked(command);
    String answer = projector.answer(command);
    if (answer != null) {
      tell(context, answer);
    }
  }

  /** The command behind the right digest; null behind a wrong one. */
  private @Nullable String admitted(String whole) {
    String password = projector.model().password();
    if (password == null) {
      return null;
    }
    if (!sha256Random.isEmpty()) {
      if (whole.length() < Password.SHA256_PREFIX) {
        return null;
      }
      String other = whole.substring(0, Password.RANDOM).toLowerCase(Locale.ROOT);
      if (!other.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
        return null;
      }
      String digest = other + Password.sha256(sha256Random, other, password);
      return whole.startsWith(digest) ? whole.substring(Password.SHA256_PREFIX) : null;
    }
    return whole.startsWith(Password.md5(random, password))
        ? whole.substring(Password.MD5_PREFIX)
        : null;
  }

  private void tell(ChannelHandlerContext context, String answer) {
    if (has(Quirk.HANGS_UP_MID_LINE)) {
      String half = answer.substring(0, answer.length() / 2);
      begun(write(context, half).addListener(ChannelFutureListener.CLOSE));
    } else if (has(Quirk.NEVER_ENDS_ITS_LINE)) {
      begun(write(context, answer));
    } else if (has(Quirk.ENDLESS_LINE)) {
      byte[] more = new byte[ENDLESS];
      Arrays.fill(more, (byte) '0');
      begun(context.write(ascii(context, answer)));
      begun(context.writeAndFlush(Unpooled.wrappedBuffer(more)));
    } else if (has(Quirk.ANSWERS_LATE)) {
      var unused =
          context
              .executor()
              .schedule(() -> say(context, answer), LATE_MILLIS, TimeUnit.MILLISECONDS);
    } else {
      say(context, answer);
      if (has(Quirk.ANSWERS_TWICE)) {
        say(context, answer);
      }
    }
  }

  private void say(ChannelHandlerContext context, String text) {
    begun(write(context, text + (has(Quirk.ENDS_LINES_WITH_CRLF) ? "\r\n" : "\r")));
  }

  private static ChannelFuture write(ChannelHandlerContext context, String text) {
    return context.writeAndFlush(ascii(context, text));
  }

  private static ByteBuf ascii(ChannelHandlerContext context, String text) {
    return ByteBufUtil.encodeString(
        context.alloc(), java.nio.CharBuffer.wrap(text), StandardCharsets.UTF_8);
  }

  private static void begun(ChannelFuture unused) {
    // How it ended is the controller's affair: a lost connection shows as channelInactive.
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    begun(context.close());
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    begun(context.close()); // idle for 30 s
  }
}
