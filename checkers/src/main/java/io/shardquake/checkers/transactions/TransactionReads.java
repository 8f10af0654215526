package io.shardquake.checkers.transactions;

import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What single reads show to be wrong: with their own transaction, and with those they saw. */
final class TransactionReads {
  private static final int NONE = -1;

  /** A version of a list, which two transactions may both have read before they appended. */
  private record Version(int list, int size) {}

  private final TransactionLog log;
  private final VersionOrders orders;
  private final AnomalySink sink;
  private final Map<Version, Integer> updated = new HashMap<>();

  TransactionReads(TransactionLog log, VersionOrders orders, AnomalySink sink) {
    this.log = log;
    this.orders = orders;
    this.sink = sink;
  }

  /** Looks at every read. */
  void check() {
    for (int transaction = 0; transaction < log.size(); transaction++) {
      if (log.type(transaction) == Completion.Type.OK) {
        for (int micro = log.from(transaction); micro < log.to(transaction); micro++) {
          if (!log.isAppend(micro)) {
            checkInternal(transaction, micro);
            checkIntermediate(transaction, micro);
            checkUpdate(transaction, micro);
          }
        }
      }
    }
  }

  private void checkInternal(int transaction, int read) {
    List<Value> own = new ArrayList<>();
    int before = read - 1;
    for (; before >= log.from(transaction) && !isReadOf(log.list(read), before); before--) {
      if (log.isAppend(before) && log.list(before) == log.list(read)) {
        own.add(0, value(before));
      }
    }
    List<Value> seen = log.seen(read);
    int rest = seen.size() - own.size();
    boolean hasBefore = before >= log.from(transaction);
    boolean fits =
        rest >= 0
            && own.equals(seen.subList(rest, seen.size()))
            && (!hasBefore || log.seen(before).equals(seen.subList(0, rest)));
    if (!fits) {
      sink.found(
          Anomaly.INTERNAL,
          "list %s was read as %s by a transaction that had %s"
              .formatted(
                  log.listKey(log.list(read)),
                  seen,
                  (hasBefore ? "read it as " + log.seen(before) : "")
                      + (hasBefore && !own.isEmpty() ? " and " : "")
                      + (own.isEmpty() ? "" : "appended " + own)),
          transaction);
    } else if (seesFuture(transaction, read)) {
      sink.found(
          Anomaly.INTERNAL,
          "list %s was read as %s by a transaction that appended some of it only later"
              .formatted(log.listKey(log.list(read)), seen),
          transaction);
    }
  }

  private boolean seesFuture(int transaction, int read) {
    for (int micro = read + 1; micro < log.to(transaction); micro++) {
      if (log.isAppend(micro) && log.list(micro) == log.list(read)) {
        int place = orders.position(log.element(micro));
        if (place != VersionOrders.NONE && place < orders.version(read)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isReadOf(int list, int micro) {
    return !log.isAppend(micro) && log.list(micro) == list;
  }

  private void checkIntermediate(int transaction, int read) {
    int size = orders.version(read);
    if (size <= 0) {
      return;
    }
    int last = orders.order(log.list(read))[size - 1];
    int writer = log.writer(last);
    int next = nextAppend(log.elements().append(last));
    if (writer != transaction && next != NONE) {
      sink.found(
          Anomaly.G1B,
          "list %s was read as of between the appends of %s and %s by one transaction"
              .formatted(log.listKey(log.list(read)), log.elements().value(last), value(next)),
          writer,
          transaction);
    }
  }

  /** The next append to the same list by the same transaction, or {@link #NONE}. */
  private int nextAppend(int append) {
    for (int micro = append + 1; micro < log.to(log.transaction(append)); micro++) {
      if (log.isAppend(micro) && log.list(micro) == log.list(append)) {
        return micro;
      }
    }
    return NONE;
  }

  private void checkUpdate(int transaction, int read) {
    int size = orders.version(read);
    if (size == VersionOrders.NONE || !isExternal(read) || nextAppend(read) == NONE) {
      return;
    }
    Integer other = updated.putIfAbsent(new Version(log.list(read), size), transaction);
    if (other != null && other != transaction) {
      sink.found(
          Anomaly.LOST_UPDATE,
          "list %s was read as %s by two transactions, and both appended to it"
              .formatted(log.listKey(log.list(read)), log.seen(read)),
          other,
          transaction);
    }
  }

  /** Whether the read comes before all appends to its list by its own transaction. */
  boolean isExternal(int read) {
    for (int micro = read - 1; micro >= log.from(log.transaction(read)); micro--) {
      if (log.isAppend(micro) && log.list(micro) == log.list(read)) {
        return false;
      }
    }
    return true;
  }

  private Value value(int append) {
    return log.elements().value(log.element(append));
  }
}
