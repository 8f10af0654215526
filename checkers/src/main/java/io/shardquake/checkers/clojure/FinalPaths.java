package io.shardquake.checkers.clojure;

import clojure.lang.IPersistentVector;
import clojure.lang.Keyword;
import clojure.lang.PersistentVector;
import clojure.lang.RT;
import io.shardquake.checkers.clojure.ClojureHistory.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ways in which the operations that were open at an impossible one can be ordered, each until it is
 * inconsistent: Knossos's final paths, of which this gives the first few, for there are more than
 * factorially many.
 */
final class FinalPaths {
  private static final Keyword OP = Keyword.intern("op");
  private static final Keyword MODEL = Keyword.intern("model");
  private static final int MOST = 64;

  private final Dialect dialect;
  private final Entry impossible;
  private final List<Object> found = new ArrayList<>();

  FinalPaths(Dialect dialect, Entry impossible) {
    this.dialect = dialect;
    this.impossible = impossible;
  }

  /**
   * Finds the paths that lead on from a state with some operations pending.
   *
   * @param last the operation that led to the state; nil if none did
   */
  void explore(@Nullable Object state, @Nullable Object last, List<Entry> pending) {
    List<Entry> others = new ArrayList<>(pending);
    others.remove(impossible);
    IPersistentVector path =
        last == null
            ? PersistentVector.EMPTY
            : PersistentVector.EMPTY.cons(RT.map(OP, last, MODEL, state));
    explore(state, others, path);
  }

  /** The paths so far. */
  List<Object> found() {
    return found;
  }

  private void explore(@Nullable Object state, List<Entry> pending, IPersistentVector path) {
    take(state, impossible, path);
    for (Entry next : pending) {
      Optional<Object> led = found.size() < MOST ? take(state, next, path) : Optional.empty();
      if (led.isPresent() && !new Equivalent(led.get()).equals(new Equivalent(state))) {
        List<Entry> rest = new ArrayList<>(pending);
        rest.remove(next);
        explore(led.get(), rest, path.cons(transition(next, led.get())));
      }
    }
  }

  /** Takes a step, and notes the path if it ends there; else the state that it leads to. */
  private Optional<Object> take(@Nullable Object state, Entry entry, IPersistentVector path) {
    Object outcome = dialect.step(state, entry.operation());
    if (dialect.inconsistency(outcome).isEmpty()) {
      return Optional.ofNullable(dialect.states(outcome).get(0));
    }
    found.add(path.cons(transition(entry, outcome)));
    return Optional.empty();
  }

  private static Object transition(Entry entry, @Nullable Object model) {
    return RT.map(OP, entry.lastEvent(), MODEL, model);
  }
}
