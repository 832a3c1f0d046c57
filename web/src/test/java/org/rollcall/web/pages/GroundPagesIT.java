package org.rollcall.web.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.web.TestServer;

/** The map on tiles that a server of HTTP draws in Tianditu's place. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroundPagesIT {
  private static final String KEY = "0123456789abcdef0123456789abcdef";

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private HttpServer ground;
  private TestServer server;
  private Chromium chromium;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    byte[] tile = tile();
    ground = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ground.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          exchange.getResponseHeaders().set("content-type", "image/png");
          exchange.sendResponseHeaders(status, tile.length);
          exchange.getResponseBody().write(tile);
          exchange.close();
        });
    ground.start();
    Files.writeString(folder.resolve("tianditu-key"), KEY + "\n");
    String tiles =
        "tiles: {key: 'file:tianditu-key', approval: GS(2024)0650号, address: 'http://127.0.0.1:%d'}\n"
            .formatted(ground.getAddress().getPort());
    server = TestServer.start(folder, true, "{port: 0}", tiles);
    chromium = Chromium.start();
  }

  @AfterAll
  void stop() {
    if (chromium != null) {
      chromium.close();
    }
    if (server != null) {
      server.close();
    }
    ground.stop(0);
  }

  private static byte[] tile() throws IOException {
    BufferedImage drawn = new BufferedImage(256, 256, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = drawn.createGraphics();
    pen.setColor(new Color(0xf2efe9));
    pen.fillRect(0, 0, 256, 256);
    pen.setColor(new Color(0xc8d7e6));
    pen.fillRect(0, 90, 256, 40);
    pen.setColor(Color.GRAY);
    pen.drawRect(0, 0, 256, 256);
    pen.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(drawn, "png", bytes);
    return bytes.toByteArray();
  }

  @Test
  void theMapStandsOnTilesNeverTellsTheKeyAndSaysWhenThereAreNone() {
    try (var visit = chromium.browser().newContext()) {
      Page page = visit.newPage();
      List<String> requests = new CopyOnWriteArrayList<>();
      page.onRequest(request -> requests.add(request.url()));
      page.navigate(server.base() + "/?lang=zh-CN");
      assertThat(page.locator(".leaflet-tile-loaded").first()).isVisible();
      assertThat(page.locator(".map-ground-note")).containsText("GS(2024)0650号");
      assertThat(page.locator(".groundless")).isHidden();
      assertThat(asked).anyMatch(uri -> uri.contains("tk=" + KEY));
      assertThat(requests).allMatch(url -> url.startsWith(server.base() + "/")).isNotEmpty();
      assertThat(page.content()).doesNotContain(KEY);
      page.screenshot(
          new Page.ScreenshotOptions().setPath(WalkIT.PICTURES.resolve("map-on-tiles.png")));

      status = 403;
      page.locator(".leaflet-control-zoom-out").click(); // tiles that nobody has fetched yet
      assertThat(page.locator(".groundless")).isVisible();
      assertThat(page.locator(".leaflet-marker-pane .over").first()).isVisible();
    }
  }
}
