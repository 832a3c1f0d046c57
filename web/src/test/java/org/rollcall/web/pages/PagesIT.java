package org.rollcall.web.pages;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.web.TestServer;

/** The pages of a real server in Debian's Chromium. */
class PagesIT extends PagesContract {
  private TestServer server;

  @BeforeAll
  void startServer(@TempDir Path folder) throws Exception {
    server = TestServer.start(folder, true);
  }

  @AfterAll
  void stopServer() {
    server.close();
  }

  @Override
  URI base() {
    return server.base();
  }
}
