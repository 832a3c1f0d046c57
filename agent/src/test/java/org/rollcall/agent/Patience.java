package org.rollcall.agent;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How long every test of this module waits for what must come to be, unless it says otherwise. On a
 * machine with much else to do everything takes its time; a test that passes waits no longer.
 */
public final class Patience implements BeforeAllCallback {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultTimeout(PATIENCE);
  }
}
