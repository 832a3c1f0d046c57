package org.rollcall.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Makes a tree of a YAML text from the parser's events, because a program that must stay small has
 * no use for an object mapper. Values stay as they are written: what type one has is decided by
 * whoever binds it. No aliases, no second document, no key twice.
 */
final class YamlTree {
  private static final int DEEPEST = 50;

  /** What YAML 1.2's core schema takes for no value, when it is not quoted. */
  private static final List<String> NULLS = List.of("", "~", "null", "Null", "NULL");

  private final Parser events;

  private YamlTree(Parser events) {
    this.events = events;
  }

  /** The text is no YAML of this kind. */
  static final class BrokenException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;

    BrokenException(int line, String said) {
      super(said);
      this.line = line;
    }

    /** Counted from 1; 0: not known. */
    int line() {
      return line;
    }

    String said() {
      return String.valueOf(getMessage());
    }
  }

  /** Reads the one document of a text; {@link Node#NOTHING} if it is empty. */
  static Node of(String text) throws BrokenException {
    try {
      YamlTree tree = new YamlTree(new ParserImpl(new StreamReader(text), new LoaderOptions()));
      return tree.document();
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      throw new BrokenException(
          mark == null ? 0 : mark.getLine() + 1, String.valueOf(e.getProblem()));
    } catch (ReaderException e) {
      throw new BrokenException(0, "a character that may not be in it");
    }
  }

  private Node document() throws BrokenException {
    events.getEvent(); // the stream's start
    if (events.checkEvent(Event.ID.StreamEnd)) {
      return Node.NOTHING;
    }
    events.getEvent(); // the document's start
    Node root = node(0);
    events.getEvent(); // its end
    if (!events.checkEvent(Event.ID.StreamEnd)) {
      throw broken(events.peekEvent(), "a second document begins; write one in a file");
    }
    return root;
  }

  private Node node(int depth) throws BrokenException {
    Event event = events.getEvent();
    if (depth > DEEPEST) {
      throw broken(event, "it is nested more than " + DEEPEST + " deep");
    }
    return switch (event.getEventId()) {
      case Scalar -> scalar((ScalarEvent) event);
      case SequenceStart -> sequence(depth);
      case MappingStart -> mapping(depth);
      case Alias ->
          throw broken(
              event,
              "*" + ((AliasEvent) event).getAnchor() + " stands for another place; write it out");
      default -> throw new IllegalStateException("BUG: the parser gave " + event);
    };
  }

  private static Node scalar(ScalarEvent event) {
    boolean plain = event.getScalarStyle() == ScalarStyle.PLAIN;
    return plain && NULLS.contains(event.getValue())
        ? Node.NOTHING
        : new Node(null, null, event.getValue());
  }

  private Node sequence(int depth) throws BrokenException {
    List<Node> entries = new ArrayList<>();
    while (!events.checkEvent(Event.ID.SequenceEnd)) {
      entries.add(node(depth + 1));
    }
    events.getEvent();
    return new Node(null, entries, null);
  }

  private Node mapping(int depth) throws BrokenException {
    Map<String, Node> keys = new LinkedHashMap<>();
    while (!events.checkEvent(Event.ID.MappingEnd)) {
      Event event = events.getEvent();
      if (!(event instanceof ScalarEvent key)) {
        throw broken(event, "a key is one word");
      }
      if (keys.containsKey(key.getValue())) {
        throw broken(event, "Duplicate field '" + key.getValue() + "'");
      }
      keys.put(key.getValue(), node(depth + 1));
    }
    events.getEvent();
    return new Node(keys, null, null);
  }

  private static BrokenException broken(Event at, String said) {
    Mark mark = at.getStartMark();
    return new BrokenException(mark == null ? 0 : mark.getLine() + 1, said);
  }
}
