package org.rollcall.web.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * The last few answers to questions that cost much, by what they rest on. Whoever asks first does
 * the work, others with the same question wait for it; nobody waits for another question. A failure
 * is told to those who waited and not remembered. Any thread.
 */
final class Remembered<K, V> {
  private final Map<K, CompletableFuture<V>> answers;

  /**
   * @param most answers kept; the one longest unasked makes room
   */
  Remembered(int most) {
    this.answers =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, CompletableFuture<V>> eldest) {
            return size() > most;
          }
        };
  }

  V of(K key, Supplier<V> work) {
    CompletableFuture<V> own = new CompletableFuture<>();
    CompletableFuture<V> known;
    synchronized (answers) {
      known = answers.putIfAbsent(key, own);
    }
    if (known != null) {
      return waitFor(known);
    }
    try {
      V answer = work.get();
      own.complete(answer);
      return answer;
    } catch (RuntimeException | Error e) {
      own.completeExceptionally(e);
      synchronized (answers) {
        answers.remove(key, own);
      }
      throw e;
    }
  }

  private static <V> V waitFor(CompletableFuture<V> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new CancellationException("The work that was waited for ended: " + e.getCause());
    }
  }
}
