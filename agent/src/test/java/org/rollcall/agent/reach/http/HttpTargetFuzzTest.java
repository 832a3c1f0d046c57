package org.rollcall.agent.reach.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.agent.probe.Endpoint;

/**
 * Whatever a web server answers, in whatever pieces: a redirection leads to a place that can be
 * asked for without smuggling a line into the request, and a text is found exactly when the page
 * holds it.
 */
class HttpTargetFuzzTest {
  private static final String WANTED = "Rollcall";
  private static final HttpTarget HERE =
      new HttpTarget(new Endpoint("www.edu.cn", 443), true, "www.edu.cn", "/a/b?c=d");

  static Stream<byte[]> seeds() {
    return Stream.of(
            "\7HTTP/1.1 302 Found\r\nLocation: //other.edu.cn:8080/x?y#z\r\n\r\n",
            "\7HTTP/1.1 301 Moved\r\nLocation: ../up\r\nContent-Length: 0\r\n\r\n",
            "\7HTTP/1.1 302 Found\r\nLocation: http://[::1]:99999/\r\n\r\n",
            "\7HTTP/1.1 302 Found\r\nLocation: http://a%0d%0aHost: b/\r\n\r\n",
            "\7HTTP/1.1 302 Found\r\nLocation: mailto:nobody\r\n\r\n",
            "\1HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nxxRollcallxx",
            "\3HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nRoll\r\n4\r\ncall\r\n0\r\n\r\n",
            "\77HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx",
            "\77HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
            "\77HTTP/1.1 100 Continue\r\n\r\nHTTP/9.9 999999999999 ?\r\n\r\n",
            "\7HTTP/1.1 101 Switching Protocols\r\n\r\nRollcall",
            "\77SSH-2.0-x\r\n")
        .map(text -> text.getBytes(ISO_8859_1));
  }

  @MethodSource("seeds")
  @FuzzTest
  void aRedirectionIsAPlaceAndATextIsFoundWhenItIsThere(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    int piece = 1 + (bytes[0] & 0x3f);
    EmbeddedChannel channel = new EmbeddedChannel(new HttpClientCodec(4096, 16_384, 8192));
    PageText page = new PageText(WANTED, UTF_8);
    StringBuilder body = new StringBuilder();
    for (int from = 1; from < bytes.length; from += piece) {
      byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece));
      channel.writeInbound(Unpooled.wrappedBuffer(part));
      for (Object seen = channel.readInbound(); seen != null; seen = channel.readInbound()) {
        take(seen, page, body);
        ReferenceCountUtil.release(seen);
      }
    }
    channel.finishAndReleaseAll();
    assertThat(page.found()).isEqualTo(body.indexOf(WANTED) >= 0);
    assertThat(page.read()).isEqualTo(body.length());
    follow(new String(bytes, UTF_8));
  }

  /** After a change of protocol what comes is no HTTP any more, and nobody's. */
  private static void take(Object seen, PageText page, StringBuilder body) {
    if (seen instanceof HttpResponse response && !response.decoderResult().isFailure()) {
      String location = response.headers().get(HttpHeaderNames.LOCATION);
      if (location != null) {
        follow(location);
      }
    }
    if (seen instanceof HttpContent content) {
      page.add(content.content());
      body.append(content.content().toString(ISO_8859_1));
    }
  }

  private static void follow(String location) {
    HttpTarget next = HERE.redirected(location);
    if (next != null) {
      assertThat(next.path()).startsWith("/").matches("[!-~]+");
      assertThat(next.authority()).matches("[!-~]+");
      assertThat(next.endpoint().port()).isBetween(1, 65_535);
    }
  }
}
