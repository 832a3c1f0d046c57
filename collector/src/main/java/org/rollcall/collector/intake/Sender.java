package org.rollcall.collector.intake;

/**
 * Who a transport has proved to be speaking.
 *
 * @param agent the name the agent may report under
 * @param school code of the school it is bound to; its observations are stored there
 */
public record Sender(String agent, String school) {
  public Sender {
    if (agent.isEmpty() || school.isEmpty()) {
      throw new IllegalStateException("BUG: a sender needs an agent and a school");
    }
  }
}
