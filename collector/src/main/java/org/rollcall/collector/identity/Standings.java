package org.rollcall.collector.identity;

import com.google.protobuf.ByteString;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.v1.AgentStanding;

/** What the register says of agents, for the evidence. Any thread; blocks on the database. */
public final class Standings {
  private final Jdbi jdbi;

  public Standings(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Keys and standings now, of those that were ever bound. */
  public Map<String, AgentStanding> of(Collection<String> agents) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT id, kind, credential, enrolled_millis, revoked_millis, held_millis"
                        + " FROM agent"
                        + (agents.size() == 1 ? " WHERE id = :id" : ""))
                .bind("id", agents.iterator().next())
                .map(row -> Map.entry(row.getColumn("id", String.class), standing(row)))
                .stream()
                .filter(entry -> agents.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private static AgentStanding standing(RowView row) {
    boolean own = row.getColumn("kind", String.class).equals("agent");
    byte[] credential = row.getColumn("credential", byte[].class);
    return AgentStanding.newBuilder()
        .setPublicKey(own ? ByteString.copyFrom(credential) : ByteString.EMPTY)
        .setEnrolledMillis(row.getColumn("enrolled_millis", Long.class))
        .setRevokedMillis(orZero(row.getColumn("revoked_millis", Long.class)))
        .setHeldMillis(orZero(row.getColumn("held_millis", Long.class)))
        .build();
  }

  private static long orZero(@Nullable Long millis) {
    return millis == null ? 0 : millis;
  }
}
