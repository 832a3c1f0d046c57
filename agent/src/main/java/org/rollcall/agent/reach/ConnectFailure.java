package org.rollcall.agent.reach;

import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import org.jspecify.annotations.Nullable;

/** Why a connection did not come to be, as a reason of an observation. */
public final class ConnectFailure {
  public static final String REFUSED = "refused";
  public static final String TIMEOUT = "timeout";
  public static final String UNKNOWN_HOST = "unknown-host";
  public static final String UNREACHABLE = "unreachable";

  private ConnectFailure() {}

  /** By the kind of the exception; the words of one are the operating system's. */
  public static String reason(@Nullable Throwable cause) {
    if (cause instanceof ConnectTimeoutException) {
      return TIMEOUT;
    }
    return cause instanceof ConnectException ? REFUSED : UNREACHABLE;
  }
}
