package org.rollcall.web.pages;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.rollcall.web.TestServer;

/** One server for all classes that only look: started with the first, closed after the last. */
final class SharedServer implements BeforeAllCallback {
  private static volatile URI base = URI.create("http://unstarted.invalid");

  /** Where the server answers, without a slash at the end. */
  static URI base() {
    return base;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    base =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(SharedServer.class))
            .getOrComputeIfAbsent(Running.class, key -> new Running(), Running.class)
            .server
            .base();
  }

  private static final class Running implements AutoCloseable {
    private final Path folder;
    private final TestServer server;

    Running() {
      try {
        folder = Files.createTempDirectory("rollcall-pages");
        server = TestServer.start(folder, true);
      } catch (Exception e) {
        throw new IllegalStateException("The server of the pages does not start", e);
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
      try (Stream<Path> all = Files.walk(folder)) {
        List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        for (Path each : deepestFirst) {
          Files.delete(each);
        }
      }
    }
  }
}
