package org.rollcall.collector.intake;

/**
 * Who a transport has proved to be speaking.
 *
 * @param agent the name the agent may report under
 * @param school code of the school it is bound to; its observations are stored there
 * @param source the network address it speaks from; empty where the transport does not tell
 */
public record Sender(String agent, String school, String source) {
  public Sender {
    if (agent.isEmpty() || school.isEmpty()) {
      throw new IllegalStateException("BUG: a sender needs an agent and a school");
    }
  }

  /** One whose transport does not tell from where it speaks. */
  public Sender(String agent, String school) {
    this(agent, school, "");
  }

  /** The same, speaking from an address. */
  public Sender from(String address) {
    return new Sender(agent, school, address);
  }
}
