package io.shardquake.workloads.mix;

import io.shardquake.checkers.history.History;
import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/**
 * What a history has of one workload of a mixture. It is asked for by every checker of that
 * workload, one after the other, so that the last answer is kept as long as there is memory for it.
 * Safe for use by many threads.
 */
final class Narrowing {
  private final Part part;
  private @Nullable SoftReference<Answer> last;

  private record Answer(History whole, History narrowed) {}

  Narrowing(Part part) {
    this.part = part;
  }

  Part part() {
    return part;
  }

  /** The operations of the workload. */
  synchronized History of(History whole) {
    Answer known = last == null ? null : last.get();
    if (known != null && known.whole() == whole) {
      return known.narrowed();
    }
    boolean[] own = new boolean[whole.keyCount()];
    for (int key = 0; key < own.length; key++) {
      own[key] = part.has(whole.keyValue(key));
    }
    History narrowed = whole.where(row -> own[whole.key(row)]);
    last = new SoftReference<>(new Answer(whole, narrowed));
    return narrowed;
  }
}
