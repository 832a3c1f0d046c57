package org.rollcall.collector.linetest;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.linetest.ndt7.Ndt7Door;
import org.rollcall.collector.linetest.ndt7.Ndt7Request;
import org.rollcall.protocol.paced.Grant;
import org.rollcall.protocol.paced.Grants;

/**
 * The tokens of the slots given out: each good once (by ndt7 once in each direction) and only until
 * it expires. As many as there are slots. Any thread.
 */
final class Tickets implements Grants, Ndt7Door.Tokens {
  private static final int TOKEN_BYTES = 32;

  private final InstantSource clock;
  private final SecureRandom random;
  private final Map<ByteBuffer, Ticket> open = new ConcurrentHashMap<>();

  /**
   * @param grant null: the token is for ndt7
   */
  private record Ticket(
      @Nullable Grant grant, Instant expires, Runnable taken, Set<Ndt7Request.Direction> left) {}

  Tickets(InstantSource clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  /**
   * Makes a token.
   *
   * @param grant for a paced test; null for ndt7
   * @param taken called when a paced test begins
   */
  byte[] issue(@Nullable Grant grant, Instant expires, Runnable taken) {
    byte[] token = new byte[TOKEN_BYTES];
    random.nextBytes(token);
    Set<Ndt7Request.Direction> directions = EnumSet.allOf(Ndt7Request.Direction.class);
    open.put(ByteBuffer.wrap(token), new Ticket(grant, expires, taken, directions));
    return token.clone();
  }

  void withdraw(byte[] token) {
    open.remove(ByteBuffer.wrap(token));
  }

  /** Forgets what has expired. */
  void sweep() {
    Instant now = clock.instant();
    open.values().removeIf(ticket -> !now.isBefore(ticket.expires()));
  }

  @Override
  public @Nullable Grant take(byte[] token) {
    ByteBuffer key = ByteBuffer.wrap(token);
    Ticket ticket = open.get(key);
    if (ticket == null || ticket.grant() == null || !open.remove(key, ticket)) {
      return null;
    }
    if (!clock.instant().isBefore(ticket.expires())) {
      return null;
    }
    ticket.taken().run();
    return ticket.grant();
  }

  @Override
  public boolean take(String token, Ndt7Request.Direction direction) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return false;
    }
    Ticket ticket = open.get(ByteBuffer.wrap(bytes));
    if (ticket == null || ticket.grant() != null || !clock.instant().isBefore(ticket.expires())) {
      return false;
    }
    synchronized (ticket) {
      return ticket.left().remove(direction);
    }
  }

  int open() {
    return open.size();
  }
}
