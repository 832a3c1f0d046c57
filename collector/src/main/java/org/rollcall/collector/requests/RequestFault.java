package org.rollcall.collector.requests;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/** Why a request cannot be made, answered, or given a file. */
public enum RequestFault {
  /** The school has an open re-check of this rule. */
  RECHECK_OPEN,
  /** The school has too many objections that wait. */
  TOO_MANY_WAITING,
  /** It is answered or withdrawn, or its kind has no such answer. */
  NO_SUCH_STEP,
  /** Only objections have evidence beside them, and only while they wait. */
  NO_FILES_HERE,
  TOO_MANY_FILES,
  TOO_LARGE,
  WRONG_TYPE,
  /** The school's files fill what is kept for them. */
  NO_ROOM;

  /** The sentence for it, in Chinese for a Chinese locale and in English for any other. */
  public String text(Locale locale) {
    return ResourceBundle.getBundle(
            "org.rollcall.collector.requests.messages",
            locale,
            Control.getNoFallbackControl(Control.FORMAT_PROPERTIES))
        .getString(name());
  }
}
