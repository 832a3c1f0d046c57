package org.rollcall.collector.accounts;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/** Why an account cannot be made or changed. */
public enum AccountFault {
  BAD_NAME,
  NAME_TAKEN,
  WEAK_PASSWORD,
  WRONG_SCOPE,
  UNKNOWN_REGION,
  UNKNOWN_SCHOOL,
  NO_SUCH_ACCOUNT,
  WRONG_PASSWORD,
  SAME_PASSWORD,
  NOT_THE_FIRST,
  WRONG_SETUP_CODE,
  YOURSELF,
  IDENTITY_TAKEN;

  /** The sentence for it, in Chinese for a Chinese locale and in English for any other. */
  public String text(Locale locale) {
    return ResourceBundle.getBundle(
            "org.rollcall.collector.accounts.messages",
            locale,
            Control.getNoFallbackControl(Control.FORMAT_PROPERTIES))
        .getString(name());
  }
}
