package org.rollcall.collector.alerts;

import java.util.List;
import java.util.Locale;

/** What people read of a signal that fires. */
final class Said {
  private Said() {}

  static String reason(Signal signal, Locale locale) {
    Alert.About about =
        new Alert.About(
            "rule",
            signal.kind(),
            signal.key(),
            signal.region(),
            signal.schools(),
            signal.subject(),
            signal.params());
    Alert.Times times = new Alert.Times(signal.since(), signal.since(), null, null, null);
    return AlertText.in(locale)
        .reason(
            new Alert(
                1,
                about,
                Alert.State.FIRING,
                times,
                Alert.Weight.of(signal),
                Alert.Damping.NONE,
                List.of(),
                ""));
  }
}
