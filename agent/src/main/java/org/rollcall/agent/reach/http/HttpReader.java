package org.rollcall.agent.reach.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads one connection's response for a look. */
final class HttpReader extends SimpleChannelInboundHandler<HttpObject> {
  static final String HUNG_UP = "hung-up";

  private final HttpLook look;
  private final @Nullable String wanted;
  private @Nullable PageText page;

  /**
   * @param wanted what the page must hold; null when the head is enough
   */
  HttpReader(HttpLook look, @Nullable String wanted) {
    this.look = look;
    this.wanted = wanted;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject piece) {
    if (piece.decoderResult().isFailure()) {
      boolean cutOff = piece.decoderResult().cause() instanceof PrematureChannelClosureException;
      look.endOf(context.channel(), cutOff ? HUNG_UP : "bad-answer");
    } else if (piece instanceof HttpResponse response) {
      head(context, response);
    }
    if (piece instanceof HttpContent content && page != null) {
      page.add(content.content());
      if (page.found()) {
        look.endOf(context.channel(), null);
      } else if (piece instanceof LastHttpContent || page.read() >= HttpLook.MOST_BYTES) {
        look.endOf(context.channel(), "content-missing");
      }
    }
  }

  private void head(ChannelHandlerContext context, HttpResponse response) {
    if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
      return; // the real one is still to come
    }
    if (look.head(context.channel(), response) && wanted != null) {
      page = new PageText(wanted, HttpUtil.getCharset(response, StandardCharsets.UTF_8));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    look.endOf(context.channel(), HUNG_UP);
  }

  /** A reset, or nonsense inside the encryption. What the handshake says comes before. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    look.endOf(context.channel(), HUNG_UP);
  }
}
