package io.shardquake.node.core.sort;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.ErrorReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The options of SORT. Not thread-safe. */
final class SortOptions {
  private boolean descending;
  private boolean alphabetic;
  private boolean unsorted;
  private long offset;
  private long count = -1;
  private @Nullable KeyTemplate by;
  private final List<KeyTemplate> gets = new ArrayList<>();
  private byte @Nullable [] destination;

  /**
   * Reads them.
   *
   * @param mayStore whether STORE is one
   * @param inCluster whether keys that are not among the arguments may be on other nodes
   * @throws ErrorReply if they are wrong
   */
  static SortOptions parse(CommandContext context, boolean mayStore, boolean inCluster) {
    SortOptions options = new SortOptions();
    int i = 2;
    while (i < context.count()) {
      i += options.read(context, i, mayStore, inCluster);
    }
    return options;
  }

  private int read(CommandContext context, int i, boolean mayStore, boolean inCluster) {
    int behind = context.count() - i - 1;
    if (context.is(i, "ASC")) {
      descending = false;
    } else if (context.is(i, "DESC")) {
      descending = true;
    } else if (context.is(i, "ALPHA")) {
      alphabetic = true;
    } else if (context.is(i, "LIMIT") && behind >= 2) {
      offset = context.integer(i + 1);
      count = context.integer(i + 2);
      return 3;
    } else if (context.is(i, "STORE") && behind >= 1 && mayStore) {
      destination = context.argument(i + 1);
      return 2;
    } else if (context.is(i, "BY") && behind >= 1) {
      by = new KeyTemplate(context.argument(i + 1));
      unsorted = !by.hasStar();
      if (!unsorted && inCluster) {
        throw new ErrorReply("ERR BY option of SORT denied in Cluster mode.");
      }
      return 2;
    } else if (context.is(i, "GET") && behind >= 1) {
      if (inCluster) {
        throw new ErrorReply("ERR GET option of SORT denied in Cluster mode.");
      }
      gets.add(new KeyTemplate(context.argument(i + 1)));
      return 2;
    } else {
      throw ErrorReply.syntax();
    }
    return 1;
  }

  boolean isDescending() {
    return descending;
  }

  boolean isAlphabetic() {
    return alphabetic;
  }

  /** Whether the elements stay in the order in which they are kept. */
  boolean isUnsorted() {
    return unsorted;
  }

  /** Sorts by the elements themselves after all, so that the order is the same everywhere. */
  void sortAlphabetically() {
    unsorted = false;
    alphabetic = true;
    by = null;
  }

  /** What to sort by, if not by the elements. */
  Optional<KeyTemplate> by() {
    return unsorted ? Optional.empty() : Optional.ofNullable(by);
  }

  List<KeyTemplate> gets() {
    return gets;
  }

  Optional<byte[]> destination() {
    return Optional.ofNullable(destination);
  }

  /** The part of the sorted elements that is asked for. */
  <T> List<T> limited(List<T> sorted) {
    int size = sorted.size();
    long from = Math.max(0, Math.min(offset, size));
    long to = count < 0 ? size : Math.min(size, from + Math.min(count, size));
    return from >= to ? List.of() : sorted.subList((int) from, (int) to);
  }
}
