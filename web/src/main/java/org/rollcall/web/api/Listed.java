package org.rollcall.web.api;

import java.util.List;

/**
 * A page of a list: {@code ?page=0&size=50}.
 *
 * @param total how many there are on all pages
 */
record Listed<T>(long total, List<T> items) {
  static final int MOST = 500;
  private static final int DEFAULT_SIZE = 50;
  private static final int LAST_PAGE = 1_000_000;

  Listed {
    items = List.copyOf(items);
  }

  static int page(Request request) {
    return request.number("page", 0, LAST_PAGE, 0);
  }

  static int size(Request request) {
    return request.number("size", 1, MOST, DEFAULT_SIZE);
  }

  /** The page that is asked for. */
  static <T> Listed<T> of(Request request, List<T> all) {
    int size = size(request);
    long passed = (long) page(request) * size;
    return new Listed<>(all.size(), all.stream().skip(passed).limit(size).toList());
  }
}
