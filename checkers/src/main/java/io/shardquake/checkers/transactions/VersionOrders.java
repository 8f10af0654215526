package io.shardquake.checkers.transactions;

import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.Value;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * In which order the elements of each list were appended: as the longest read of it shows. Every
 * other read must be a beginning of that one.
 */
final class VersionOrders {
  /** Of a read that fits into no order, and of an element that no read saw. */
  static final int NONE = -1;

  private final TransactionLog log;
  private final AnomalySink sink;

  /** For each list its longest read, or {@link #NONE}. */
  private final int[] longest;

  /** For each list the elements in its order. */
  private final int[][] order;

  /** For each element its place in the order of its list. */
  private final int[] position;

  /** For each read how many elements of the order it saw. */
  private final int[] version;

  VersionOrders(TransactionLog log, AnomalySink sink) {
    this.log = log;
    this.sink = sink;
    this.longest = new int[log.lists()];
    this.order = new int[log.lists()][];
    this.position = new int[log.elements().size()];
    this.version = new int[log.microOperations()];
    Arrays.fill(longest, NONE);
    Arrays.fill(position, NONE);
    Arrays.fill(version, NONE);
    findLongest();
    for (int list = 0; list < order.length; list++) {
      order[list] = longest[list] == NONE ? new int[0] : ordered(longest[list]);
    }
    placeReads();
    findFractures();
  }

  private boolean isRead(int micro) {
    return !log.isAppend(micro) && log.type(log.transaction(micro)) == Completion.Type.OK;
  }

  private void findLongest() {
    for (int micro = 0; micro < version.length; micro++) {
      if (isRead(micro)) {
        int known = longest[log.list(micro)];
        if (known == NONE || log.seen(micro).size() > log.seen(known).size()) {
          longest[log.list(micro)] = micro;
        }
      }
    }
  }

  /** The order that the longest read shows; what should not be in it is told and left out. */
  private int[] ordered(int read) {
    List<Value> seen = log.seen(read);
    int[] elements = new int[seen.size()];
    int size = 0;
    for (Value value : seen) {
      int element = known(value, read);
      if (element != ElementTable.NONE && position[element] == NONE) {
        position[element] = size;
        elements[size++] = element;
      }
    }
    tellDuplicates(read);
    return Arrays.copyOf(elements, size);
  }

  /** The element's number; tells what is wrong if nobody appended it, or somebody who failed. */
  private int known(Value value, int read) {
    int list = log.list(read);
    int reader = log.transaction(read);
    int element = log.elements().find(list, value);
    if (element == ElementTable.NONE) {
      sink.found(
          Anomaly.UNWRITTEN_ELEMENT,
          "%s was seen in list %s, but nobody appended it".formatted(value, log.listKey(list)),
          reader);
    } else if (log.type(log.writer(element)) == Completion.Type.FAIL) {
      sink.found(
          Anomaly.G1A,
          "%s was seen in list %s, but the transaction that appended it had failed"
              .formatted(value, log.listKey(list)),
          log.writer(element),
          reader);
    }
    return element;
  }

  private void tellDuplicates(int read) {
    Set<Value> once = new HashSet<>();
    for (Value value : log.seen(read)) {
      if (!once.add(value)) {
        sink.found(
            Anomaly.DUPLICATE_ELEMENTS,
            "%s was seen twice in list %s".formatted(value, log.listKey(log.list(read))),
            log.transaction(read));
        return;
      }
    }
  }

  private void placeReads() {
    BitSet told = new BitSet();
    for (int micro = 0; micro < version.length; micro++) {
      if (isRead(micro)) {
        int list = log.list(micro);
        List<Value> whole = log.seen(longest[list]);
        List<Value> seen = log.seen(micro);
        if (seen.equals(whole.subList(0, seen.size()))) {
          version[micro] = whole.size() == order[list].length ? seen.size() : sized(seen, list);
        } else {
          tellMisfit(micro, told);
        }
      }
    }
  }

  /** How many of the order's elements are in a read that holds elements not in the order. */
  private int sized(List<Value> seen, int list) {
    int size = 0;
    for (Value value : seen) {
      int element = log.elements().find(list, value);
      size = element == ElementTable.NONE ? size : Math.max(size, position[element] + 1);
    }
    return size;
  }

  private void tellMisfit(int read, BitSet told) {
    int list = log.list(read);
    log.seen(read).forEach(value -> known(value, read));
    tellDuplicates(read);
    if (!told.get(list)) {
      told.set(list);
      sink.found(
          Anomaly.INCOMPATIBLE_ORDER,
          "list %s was seen as %s and as %s, and neither begins with the other"
              .formatted(log.listKey(list), log.seen(read), log.seen(longest[list])),
          log.transaction(read),
          log.transaction(longest[list]));
    }
  }

  /** What a transaction appends to one list must be there as a whole and in its order. */
  private void findFractures() {
    for (int later = 0; later < version.length; later++) {
      if (log.isAppend(later) && position[log.element(later)] != NONE) {
        int earlier = appendBefore(later);
        int place = earlier == NONE ? 0 : position[log.element(earlier)];
        if (earlier != NONE && (place == NONE || place > position[log.element(later)])) {
          int list = log.list(later);
          sink.found(
              Anomaly.FRACTURED_APPENDS,
              "list %s was seen with %s, but %s %s, which the same transaction appended before"
                  .formatted(
                      log.listKey(list),
                      value(later),
                      place == NONE ? "without" : "only then",
                      value(earlier)),
              log.transaction(later),
              log.transaction(longest[list]));
        }
      }
    }
  }

  /** The append to the same list by the same transaction before this one, or {@link #NONE}. */
  private int appendBefore(int append) {
    int micro = append - 1;
    int from = log.from(log.transaction(append));
    while (micro >= from && !(log.isAppend(micro) && log.list(micro) == log.list(append))) {
      micro--;
    }
    return micro < from ? NONE : micro;
  }

  private Value value(int append) {
    return log.elements().value(log.element(append));
  }

  /** The elements of a list in their order. */
  int[] order(int list) {
    return order[list];
  }

  /** Where in the order of its list an element is; {@link #NONE} if nobody saw it. */
  int position(int element) {
    return position[element];
  }

  /** How many elements of the order a read saw; {@link #NONE} if it does not fit. */
  int version(int read) {
    return version[read];
  }
}
