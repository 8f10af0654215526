package io.shardquake.harness.bench;

import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.Operation;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.KeySlot;
import java.util.function.IntUnaryOperator;

/**
 * What an operation of a recorded history asked of a server, down to the commands.
 *
 * @param master the place of the node that it went to among the masters
 * @param value what it wrote; empty if it did not
 */
record BareRequest(Kind kind, int master, String key, String value) {
  /** Commands that an operation takes. */
  enum Kind {
    /** GET. */
    READ,
    /** SET. */
    WRITE,
    /** UNWATCH, WATCH, GET: a compare-and-set that found another value. */
    COMPARE,
    /** The same, then MULTI, SET, EXEC. */
    COMPARE_AND_SET
  }

  /**
   * @param masterOfSlot the place among the masters of the node that serves a slot
   */
  static BareRequest of(Operation operation, IntUnaryOperator masterOfSlot) {
    Value key = operation.invocation().key();
    int master = masterOfSlot.applyAsInt(KeySlot.of(key).orElseThrow());
    String name = ((Value.Text) key).value();
    Value argument = operation.invocation().value();
    return switch (operation.invocation().function()) {
      case "read" -> new BareRequest(Kind.READ, master, name, "");
      case "write" -> new BareRequest(Kind.WRITE, master, name, argument.toString());
      default -> compare(operation, master, name, ((Value.Sequence) argument).items().get(1));
    };
  }

  private static BareRequest compare(Operation operation, int master, String key, Value fresh) {
    boolean mismatch =
        operation.completion().orElse(null) instanceof Completion.Fail fail
            && fail.error().equals("cas-mismatch");
    return mismatch
        ? new BareRequest(Kind.COMPARE, master, key, "")
        : new BareRequest(Kind.COMPARE_AND_SET, master, key, fresh.toString());
  }
}
