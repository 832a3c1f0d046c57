package org.rollcall.web;

import java.io.IOException;
import java.time.Clock;
import org.rollcall.collector.Collector;
import org.rollcall.config.SettingsException;
import org.rollcall.web.api.Api;
import org.rollcall.web.boundaries.BoundarySource;
import org.rollcall.web.http.WebServer;
import org.rollcall.web.tiles.Tianditu;
import org.rollcall.web.tiles.TileSettings;

/** The running server: a collector, and the pages and API over it. */
public final class Server implements AutoCloseable {
  private final Collector collector;
  private final WebServer web;
  private final String host;

  /**
   * Starts everything; what was started ends again if the rest cannot.
   *
   * @throws SettingsException if a calendar or profile cannot be used
   * @throws IOException if a file, folder or port cannot be used
   */
  public static Server start(ServerSettings settings, Clock clock)
      throws SettingsException, IOException, InterruptedException {
    Collector collector = Collector.start(settings.collector(), clock);
    try {
      BoundarySource boundaries = BoundarySource.open(settings.boundaries(), settings.data());
      TileSettings ground = settings.tiles();
      Api.Facts facts =
          new Api.Facts(
              settings.simulated(),
              version(),
              settings.oidc(),
              ground == null ? null : ground.approval(),
              settings.documentFont());
      Api api = new Api(collector, boundaries, facts);
      WebServer.LineTests tests =
          new WebServer.LineTests(
              collector.lineTests().door(), settings.ndt7().tls(), collector.identity());
      WebServer web =
          new WebServer(
              api,
              tests,
              settings.http(),
              new WebServer.Doors(
                  settings.web().publicView(),
                  settings.oidc(),
                  ground == null ? null : new Tianditu(ground, clock)),
              clock);
      web.start();
      collector.lineTests().ndt7Port(web.ndt7TlsPort());
      return new Server(collector, web, settings.http().bind());
    } catch (IOException | InterruptedException | RuntimeException e) {
      collector.close();
      throw e;
    }
  }

  private Server(Collector collector, WebServer web, String host) {
    this.collector = collector;
    this.web = web;
    this.host = host;
  }

  /** Where a person on this machine opens the pages. */
  public String url() {
    String shown = host.equals("0.0.0.0") ? "127.0.0.1" : host;
    return "http://" + shown + ":" + web.port();
  }

  public Collector collector() {
    return collector;
  }

  @Override
  public void close() {
    try {
      web.close();
    } finally {
      collector.close();
    }
  }

  private static String version() {
    String version = Server.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
