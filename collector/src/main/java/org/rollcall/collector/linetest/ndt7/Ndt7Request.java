package org.rollcall.collector.linetest.ndt7;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to begin a test that holds to the protocol.
 *
 * @param earlyExit whether the client wants the download to end at {@link #EARLY_EXIT_BYTES}
 * @param accessToken what proves that it may; null when it says none
 */
public record Ndt7Request(Direction direction, boolean earlyExit, @Nullable String accessToken) {
  public static final String SUBPROTOCOL = "net.measurementlab.ndt.v7";
  public static final String DOWNLOAD_PATH = "/ndt/v7/download";
  public static final String UPLOAD_PATH = "/ndt/v7/upload";

  /** As the server of m-lab has it: 250 MB, and no other value is known. */
  static final long EARLY_EXIT_BYTES = 250_000_000L;

  private static final int LONGEST_QUERY = 4_096;

  public enum Direction {
    DOWNLOAD("download"),
    UPLOAD("upload");

    private final String word;

    Direction(String word) {
      this.word = word;
    }

    /** As messages name it. */
    public String word() {
      return word;
    }
  }

  /** The request breaks the protocol; the message is a sentence, the answer's status is 400. */
  public static final class BadRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    BadRequestException(String message) {
      super(message);
    }
  }

  /**
   * Checks a request (ndt7 spec, "Protocol description").
   *
   * @param query the raw query; null when there is none
   * @param subprotocols the header Sec-WebSocket-Protocol; null when there is none
   * @throws BadRequestException with what is wrong
   */
  public static Ndt7Request read(
      Direction direction, @Nullable String query, @Nullable String subprotocols)
      throws BadRequestException {
    if (subprotocols == null
        || Arrays.stream(subprotocols.split(",", -1))
            .map(String::strip)
            .noneMatch(SUBPROTOCOL::equals)) {
      throw new BadRequestException("The header Sec-WebSocket-Protocol must offer " + SUBPROTOCOL);
    }
    Map<String, String> metadata = metadata(query == null ? "" : query);
    String early = metadata.get("early_exit");
    if (early != null && !early.equals("250")) {
      throw new BadRequestException("early_exit is 250 or not there");
    }
    return new Ndt7Request(direction, early != null, metadata.get("access_token"));
  }

  private static Map<String, String> metadata(String query) throws BadRequestException {
    if (query.getBytes(StandardCharsets.UTF_8).length > LONGEST_QUERY) {
      throw new BadRequestException("A query has at most " + LONGEST_QUERY + " bytes");
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1 || equals == pair.length() - 1) {
        throw new BadRequestException("Every key of the query needs a value");
      }
      String key = decode(pair.substring(0, equals));
      if (metadata.put(key, decode(pair.substring(equals + 1))) != null) {
        throw new BadRequestException("A key of the query is there twice");
      }
    }
    return metadata;
  }

  private static String decode(String text) throws BadRequestException {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("The query is not URL-encoded");
    }
  }
}
