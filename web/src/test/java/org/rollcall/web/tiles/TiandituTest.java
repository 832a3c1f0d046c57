package org.rollcall.web.tiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tiles from a server of HTTP that answers as Tianditu does. */
class TiandituTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-02T08:00:00Z"));
  private volatile int status = 200;
  private volatile String type = "image/png";
  private HttpServer server;
  private Tianditu tiles;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          byte[] body = ("tile " + asked.size()).getBytes(StandardCharsets.US_ASCII);
          exchange.getResponseHeaders().set("content-type", type);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    tiles = new Tianditu(new TileSettings(KEY, "GS(2024)0650号", address), now::get);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aTileIsAskedForAsTiandituWantsItAndOnlyOnce() {
    assertThat(tiles.get("vec", "12", "3346", "1776"))
        .get()
        .extracting(Picture::type)
        .isEqualTo("image/png");
    assertThat(tiles.get("vec", "12", "3346", "1776")).isPresent();
    assertThat(asked)
        .singleElement()
        .asString()
        .startsWith("/vec_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0")
        .contains("&LAYER=vec&TILEMATRIX=12&TILEROW=1776&TILECOL=3346&tk=" + KEY);
    now.set(Objects.requireNonNull(now.get()).plus(Duration.ofDays(8)));
    assertThat(tiles.get("vec", "12", "3346", "1776")).isPresent();
    assertThat(asked).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "img, 5, 1, 1",
    "vec, 0, 0, 0",
    "vec, 19, 1, 1",
    "vec, 5, 32, 1",
    "vec, 5, 1, 32",
    "vec, 5, -1, 1",
    "vec, 5, 1, ../../etc",
    "vec, 5&tk=x, 1, 1"
  })
  void whatIsNoTileIsAskedOfNobody(String layer, String zoom, String x, String y) {
    assertThat(tiles.get(layer, zoom, x, y)).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void afterAFailureNothingIsAskedForAWhileAndWhatIsKnownStays() {
    assertThat(tiles.get("cva", "5", "1", "1")).isPresent();
    status = 403;
    assertThat(tiles.get("cva", "5", "1", "2")).isEmpty();
    assertThat(tiles.get("cva", "5", "1", "3")).isEmpty();
    assertThat(tiles.get("cva", "5", "1", "1")).isPresent();
    assertThat(asked).hasSize(2);
    status = 200;
    now.set(Objects.requireNonNull(now.get()).plus(Duration.ofSeconds(31)));
    assertThat(tiles.get("cva", "5", "1", "3")).isPresent();
  }

  @Test
  void whatIsNoPictureIsNotHandedOn() {
    type = "text/html";
    assertThat(tiles.get("vec", "5", "1", "1")).isEmpty();
  }

  @Test
  void aServerThatIsGoneCostsNoMoreThanThePicture() {
    server.stop(0);
    assertThat(tiles.get("vec", "5", "1", "1")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', GS, https://t0.tianditu.gov.cn",
    "01234567&x, GS, https://t0.tianditu.gov.cn",
    "0123456789, '', https://t0.tianditu.gov.cn",
    "0123456789, GS, http://t0.tianditu.gov.cn",
    "0123456789, GS, https://t0.tianditu.gov.cn/path"
  })
  void settingsThatWouldTellTheKeyOrHideTheNumberAreRefused(
      String key, String approval, String address) {
    assertThatThrownBy(() -> new TileSettings(key, approval, address))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
