package org.rollcall.collector.discovery;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/** Why a device that was found cannot be registered as somebody wants it. */
public enum ApprovalFault {
  /** Nothing of that number waits for a decision any more. */
  NOT_WAITING,
  BAD_KIND,
  BAD_NAME,
  NAME_TAKEN,
  NO_ADDRESS,
  NO_SPACE;

  /** The sentence for it, in Chinese for a Chinese locale and in English for any other. */
  public String text(Locale locale) {
    return ResourceBundle.getBundle(
            "org.rollcall.collector.discovery.messages",
            locale,
            Control.getNoFallbackControl(Control.FORMAT_PROPERTIES))
        .getString(name());
  }
}
