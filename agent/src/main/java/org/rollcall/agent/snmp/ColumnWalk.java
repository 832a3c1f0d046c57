package org.rollcall.agent.snmp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/**
 * Walks columns of a table, a few columns at a time, by GETBULK, or GETNEXT where a device knows no
 * other.
 *
 * <p>Each column has its own place, so missing cells shift nothing. A column ends where the
 * device's answer leaves it, says that it has no more, or does not grow: the latter is a device
 * walking in circles. How much is asked for at once is the device's {@link Appetite}. What was read
 * is kept whatever happens.
 *
 * <p>Ends, because every answered request moves a column on or ends it, unanswered ones halve what
 * can be halved, columns hold a bounded number of rows ({@value #MAX_ROWS} of interfaces), and no
 * more than {@value #MAX_REQUESTS} requests are sent. One use only; its steps never overlap.
 */
final class ColumnWalk {

  static final int MAX_ROWS = 4096;
  static final int MAX_REQUESTS = 4000;

  static final String OID_NOT_INCREASING = "oid-not-increasing";
  static final String TOO_MANY_ROWS = "too-many-rows";

  /** Takes what the walk of a table finds whose index is one number. */
  @FunctionalInterface
  interface Cells {
    /**
     * One cell.
     *
     * @param column place of the column in the list walked
     * @param index of the row, 0 to 2^32 - 1
     */
    void cell(int column, long index, Variable value);
  }

  /** Takes what a walk finds, whatever the index. */
  @FunctionalInterface
  interface AnyCells {
    /**
     * One cell.
     *
     * @param column place of the column in the list walked
     * @param oid of the cell: the column's, then the row's index
     */
    void cell(int column, OID oid, Variable value);
  }

  /**
   * How a walk ended.
   *
   * @param fault null when every column was read to its end; else why some were not
   * @param requests sent
   * @param cells found
   */
  record End(@Nullable String fault, int requests, int cells) {}

  private final SnmpDevice device;
  private final List<OID> columns;
  private final AnyCells sink;
  private final int maxRows;
  private final Appetite appetite;
  private final OID[] places;
  private final int[] rows;
  private final boolean[] done;
  private final CompletableFuture<End> end = new CompletableFuture<>();

  private int requests;
  private int cells;
  private boolean answered;
  private @Nullable String fault;

  private ColumnWalk(SnmpDevice device, List<OID> columns, int maxRows, AnyCells sink) {
    this.device = device;
    this.appetite = device.appetite();
    this.maxRows = maxRows;
    this.columns = List.copyOf(columns);
    this.sink = sink;
    this.places = columns.toArray(OID[]::new);
    this.rows = new int[columns.size()];
    this.done = new boolean[columns.size()];
  }

  /**
   * Walks; the sink is called on the session's threads before the future completes, which it never
   * does exceptionally.
   */
  static CompletableFuture<End> run(SnmpDevice device, List<OID> columns, Cells sink) {
    return run(
        device,
        columns,
        MAX_ROWS,
        (column, oid, value) -> {
          if (oid.size() == columns.get(column).size() + 1) {
            sink.cell(column, oid.lastUnsigned(), value);
          }
        });
  }

  /** The same for any index, and at most so many rows a column. */
  static CompletableFuture<End> run(
      SnmpDevice device, List<OID> columns, int maxRows, AnyCells sink) {
    ColumnWalk walk = new ColumnWalk(device, columns, maxRows, sink);
    walk.appetite.sitDown();
    walk.step();
    return walk.end;
  }

  private void step() {
    List<Integer> asked = next();
    if (asked.isEmpty()) {
      finish(fault);
      return;
    }
    if (requests >= MAX_REQUESTS) {
      finish(TOO_MANY_ROWS);
      return;
    }
    requests++;
    List<OID> after = new ArrayList<>(asked.size());
    asked.forEach(column -> after.add(places[column]));
    device
        .getBulk(after, appetite.repetitions())
        .thenAccept(
            answer -> {
              if (answer.fault() == null) {
                take(asked, answer);
                step();
              } else {
                retreat(asked, answer);
              }
            })
        .exceptionally(
            bug -> {
              end.completeExceptionally(bug);
              return null;
            });
  }

  private List<Integer> next() {
    int width = appetite.columns();
    List<Integer> next = new ArrayList<>(width);
    for (int column = 0; column < done.length && next.size() < width; column++) {
      if (!done[column]) {
        next.add(column);
      }
    }
    return next;
  }

  private void take(List<Integer> asked, Answer answer) {
    if (!answered && requests > 1) {
      appetite.recover();
    } else {
      appetite.fed();
    }
    answered = true;
    boolean[] left = new boolean[asked.size()];
    boolean moved = false;
    for (int i = 0; i < answer.bindings().size(); i++) {
      int place = i % asked.size();
      if (!left[place]) {
        left[place] = !takeCell(asked.get(place), answer.bindings().get(i));
        moved = true;
      }
    }
    if (!moved) {
      // An empty answer: asking again would bring the same.
      asked.forEach(column -> done[column] = true);
      fault = Answer.BAD_ANSWER;
    }
  }

  /** False when the column is at its end. */
  private boolean takeCell(int column, VariableBinding binding) {
    OID oid = binding.getOid();
    OID root = columns.get(column);
    if (oid == null
        || !oid.startsWith(root)
        || oid.size() == root.size()
        || binding.isException()) {
      done[column] = true;
      return false;
    }
    if (oid.compareTo(places[column]) <= 0) {
      return broken(column, OID_NOT_INCREASING);
    }
    if (++rows[column] > maxRows) {
      return broken(column, TOO_MANY_ROWS);
    }
    places[column] = oid;
    if (binding.getVariable() != null) {
      cells++;
      sink.cell(column, oid, binding.getVariable());
    }
    return true;
  }

  private boolean broken(int column, String why) {
    done[column] = true;
    fault = why;
    return false;
  }

  private void retreat(List<Integer> asked, Answer answer) {
    boolean silence = Answer.TIMEOUT.equals(answer.fault());
    if (silence && !answered && (asked.size() > 1 || appetite.repetitions() > 1)) {
      // A device silent from the start is most likely not there: one smallest question decides it.
      appetite.least();
      step();
      return;
    }
    if ((silence || Answer.TOO_BIG.equals(answer.fault())) && appetite.less()) {
      step();
      return;
    }
    int refused = answer.errorIndex();
    boolean one = answer.refusesOne() && refused <= asked.size();
    if (one && !device.modern() && Answer.NO_SUCH_NAME.equals(answer.fault())) {
      answered = true;
      done[asked.get(refused - 1)] = true; // v1 has no other way to say that there is no more.
      step();
      return;
    }
    if (one || (Answer.TOO_BIG.equals(answer.fault()) && asked.size() == 1)) {
      done[asked.get(one ? refused - 1 : 0)] = true;
      fault = answer.fault();
      step();
      return;
    }
    finish(answer.fault());
  }

  private void finish(@Nullable String why) {
    end.complete(new End(why, requests, cells));
  }
}
