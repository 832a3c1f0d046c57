package org.rollcall.agent.discovery;

import java.net.InetAddress;
import java.util.concurrent.CompletionStage;

/** Sends one echo request. */
@FunctionalInterface
public interface Echo {
  /** Whether an answer came; within seconds, never exceptionally, and without blocking. */
  CompletionStage<Boolean> answers(InetAddress address);
}
