package org.rollcall.collector.ingest;

import io.netty.handler.codec.mqtt.MqttReasonCodes;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Who is connected now. Bounded by the limit on connections. Any thread. */
final class Sessions {
  private final Map<String, Session> byKey = new ConcurrentHashMap<>();

  /** Agents that connected since they were last asked for; as many as the register has at most. */
  private final Set<String> lately = ConcurrentHashMap.newKeySet();

  private final IngestTally tally;

  Sessions(IngestTally tally) {
    this.tally = tally;
  }

  /** The newer connection of a client wins (MQTT 5, 3.1.4-3). */
  void enter(String key, Session session) {
    lately.add(session.agent());
    Session older = byKey.put(key, session);
    if (older != null && older != session) {
      tally.takenOver.increment();
      older.takenOverBy(session.address());
    }
  }

  void leave(String key, Session session) {
    byKey.remove(key, session);
  }

  /** Hands a message to the agent's connection; false when it has none that takes it. */
  boolean tell(String agent, Predicate<Outbox> offer) {
    Session session = byKey.get(agent);
    if (session == null) {
      tally.notTold.increment();
      return false;
    }
    return session.tell(offer);
  }

  void end(Collection<String> agents, MqttReasonCodes.Disconnect code, String reason) {
    Set<String> named = Set.copyOf(agents);
    for (Session session : List.copyOf(byKey.values())) {
      if (named.contains(session.agent())) {
        session.end(code, reason);
      }
    }
  }

  void endAll(MqttReasonCodes.Disconnect code, String reason) {
    List.copyOf(byKey.values()).forEach(session -> session.end(code, reason));
  }

  /** Who is connected now, or was for a moment since the last call. */
  Set<String> seenLately() {
    Set<String> seen = new HashSet<>(lately);
    lately.removeAll(seen);
    byKey.values().forEach(session -> seen.add(session.agent()));
    return seen;
  }
}
