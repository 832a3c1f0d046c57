package org.rollcall.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NameLookupTest {

  private static final Endpoint ROUTER = new Endpoint("router", 161);

  @Test
  void aSlowNameServerHoldsUpNobodyWhoAsks() throws UnknownHostException {
    CountDownLatch slow = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    InetAddress address = InetAddress.getByName("10.1.0.1");
    try (NameLookup names =
        new NameLookup(
            Clock.systemUTC(),
            host -> {
              asked.incrementAndGet();
              awaitQuietly(slow);
              return address;
            },
            Duration.ofMinutes(5))) {
      CompletableFuture<Optional<InetAddress>> first = names.address(ROUTER);
      CompletableFuture<Optional<InetAddress>> second = names.address(ROUTER);
      assertThat(first).isNotDone();
      assertThat(names.address(new Endpoint("10.1.0.1", 161)))
          .isCompletedWithValue(Optional.of(address));
      slow.countDown();
      await().until(second::isDone);
      assertThat(second).isCompletedWithValue(Optional.of(address));
      assertThat(asked).hasValue(1);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anUnknownNameIsNoAddressAndNoException() {
    try (NameLookup names =
        new NameLookup(
            Clock.systemUTC(),
            host -> {
              throw new UnknownHostException(host);
            },
            Duration.ofMinutes(5))) {
      CompletableFuture<Optional<InetAddress>> answer = names.address(ROUTER);
      await().until(answer::isDone);
      assertThat(answer).isCompletedWithValue(Optional.empty());
    }
  }
}
