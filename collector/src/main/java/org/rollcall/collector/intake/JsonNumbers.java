package org.rollcall.collector.intake;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.regex.Pattern;

/**
 * Looks for numbers of which the reader of whole numbers would write out every digit: the eleven
 * characters 1e999999999 would fill the memory. Any thread; keeps nothing.
 */
final class JsonNumbers {
  /** No double has an exponent of more than three digits. */
  private static final Pattern HUGE = Pattern.compile("[-+.\\d\\s]+[eE][-+]?0*[1-9]\\d{3,}\\s*");

  private JsonNumbers() {}

  /** Whether one is there, in front of whatever cannot be read at all. */
  static boolean anyHuge(String json) {
    JsonReader in = new JsonReader(new StringReader(json));
    in.setStrictness(Strictness.LENIENT); // as the reader that comes after this
    try {
      while (true) {
        switch (in.peek()) {
          case BEGIN_ARRAY -> in.beginArray();
          case END_ARRAY -> in.endArray();
          case BEGIN_OBJECT -> in.beginObject();
          case END_OBJECT -> in.endObject();
          case NAME, BOOLEAN, NULL -> in.skipValue();
          case STRING, NUMBER -> {
            if (HUGE.matcher(in.nextString()).matches()) {
              return true;
            }
          }
          case END_DOCUMENT -> {
            return false;
          }
        }
      }
    } catch (IOException e) {
      return false; // no JSON; the reader says so
    }
  }
}
