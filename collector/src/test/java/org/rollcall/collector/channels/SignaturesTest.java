package org.rollcall.collector.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignaturesTest {
  @Test
  void theyAreThoseOfTheReceivers() {
    assertThat(Signatures.dingtalk("SECtest0000", 1_700_000_000_000L))
        .isEqualTo("vnXGs3iLBrhWP5FlVeFaKWEXtHxmrew6anASiLXEfm0=");
    assertThat(Signatures.feishu("demo", 1_599_360_473L))
        .isEqualTo("l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=");
  }

  @Test
  void opensslFindsTheSameForAWebhook() throws Exception {
    String body = "{\"title\":\"线路中断\"}";
    Process openssl =
        new ProcessBuilder("openssl", "dgst", "-sha256", "-hmac", "s3cret", "-r").start();
    openssl.getOutputStream().write(("1700000000." + body).getBytes(StandardCharsets.UTF_8));
    openssl.getOutputStream().close();
    String told = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(openssl.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(Signatures.webhook("s3cret", 1_700_000_000, body))
        .isEqualTo("v1=" + told.substring(0, told.indexOf(' ')));
  }
}
