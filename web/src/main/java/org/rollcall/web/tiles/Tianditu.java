package org.rollcall.web.tiles;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches tiles from Tianditu for the pages, so that its key stays here and browsers ask nobody but
 * this server. What was fetched is kept in memory: one tile counts once against the key's daily
 * quota. Any thread; {@link #get} waits for the network.
 */
public final class Tianditu {
  /** Bytes of all tiles that are kept. Project default. */
  private static final long KEPT_BYTES = 32L << 20;

  /** How long a tile is kept. Project default. */
  private static final Duration KEPT = Duration.ofDays(7);

  /** After a failure nothing is asked for so long. Project default. */
  private static final Duration REST = Duration.ofSeconds(30);

  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final int AT_ONCE = 8;
  private static final int LARGEST = 1 << 20;
  private static final Logger log = LoggerFactory.getLogger(Tianditu.class);

  private final TileSettings settings;
  private final InstantSource clock;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final Map<Tile, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long keptBytes;
  private volatile Instant restsUntil = Instant.MIN;

  private record Kept(Picture picture, Instant until) {}

  public Tianditu(TileSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** The approval number of the map that the tiles are of. */
  public String approval() {
    return settings.approval();
  }

  /**
   * A tile.
   *
   * @param layer vec or cva
   * @param zoom 1 to 18
   * @param x column
   * @param y row
   * @return empty if there is no such tile, or it cannot be had now
   */
  public Optional<Picture> get(String layer, String zoom, String x, String y) {
    Tile tile = Tile.of(layer, zoom, x, y);
    if (tile == null) {
      return Optional.empty();
    }
    Picture known = known(tile);
    if (known != null || clock.instant().isBefore(restsUntil) || !free.tryAcquire()) {
      return Optional.ofNullable(known);
    }
    try {
      return fetch(tile);
    } finally {
      free.release();
    }
  }

  private Optional<Picture> fetch(Tile tile) {
    try {
      HttpResponse<byte[]> answer =
          http.send(
              HttpRequest.newBuilder(address(tile)).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      String type = answer.headers().firstValue("content-type").orElse("");
      boolean picture = type.equals("image/png") || type.equals("image/jpeg");
      if (answer.statusCode() == 200 && picture && answer.body().length <= LARGEST) {
        Picture came = new Picture(type, answer.body());
        keep(tile, came);
        return Optional.of(came);
      }
      rest("status " + answer.statusCode() + ", " + type + ", " + answer.body().length + " bytes");
    } catch (IOException e) {
      rest(e.getClass().getSimpleName()); // its message may hold the address, and so the key
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  private void rest(String why) {
    restsUntil = clock.instant().plus(REST);
    log.atWarn()
        .addKeyValue("from", settings.address())
        .addKeyValue("why", why)
        .log("The ground of the map could not be fetched: see tiles in server.yaml");
  }

  private URI address(Tile tile) {
    String layer = tile.layer().code();
    return URI.create(
        settings.address()
            + "/"
            + layer
            + "_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&STYLE=default&FORMAT=tiles"
            + "&TILEMATRIXSET=w&LAYER="
            + layer
            + "&TILEMATRIX="
            + tile.zoom()
            + "&TILEROW="
            + tile.y()
            + "&TILECOL="
            + tile.x()
            + "&tk="
            + settings.key());
  }

  private @Nullable Picture known(Tile tile) {
    synchronized (kept) {
      Kept found = kept.get(tile);
      return found != null && clock.instant().isBefore(found.until()) ? found.picture() : null;
    }
  }

  private void keep(Tile tile, Picture picture) {
    synchronized (kept) {
      Kept before = kept.put(tile, new Kept(picture, clock.instant().plus(KEPT)));
      keptBytes += picture.bytes().length - (before == null ? 0 : before.picture().bytes().length);
      Iterator<Kept> oldest = kept.values().iterator();
      while (keptBytes > KEPT_BYTES) {
        keptBytes -= oldest.next().picture().bytes().length;
        oldest.remove();
      }
    }
  }
}
