package io.shardquake.checkers.transactions;

import io.shardquake.checkers.history.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The definition of serializability as a program: it tries every order. For small histories. */
final class SerialOrders {
  private final TransactionLog log;
  private final boolean realTime;
  private final boolean[] done;
  private final Map<Integer, List<Value>> lists = new HashMap<>();

  private SerialOrders(TransactionLog log, boolean realTime) {
    this.log = log;
    this.realTime = realTime;
    this.done = new boolean[log.size()];
  }

  /**
   * Whether some order of transactions, with all that ended Ok, some of those of unknown outcome
   * and none that failed, explains every read.
   *
   * @param realTime whether what returned before another was called must come before it
   */
  static boolean exists(TransactionLog log, boolean realTime) {
    return new SerialOrders(log, realTime).canGoOn();
  }

  private boolean canGoOn() {
    boolean finished = true;
    for (int transaction = 0; transaction < done.length; transaction++) {
      finished &= done[transaction] || !isOk(transaction);
    }
    for (int next = 0; next < done.length && !finished; next++) {
      if (!done[next] && mayBeNext(next)) {
        finished = tried(next);
      }
    }
    return finished;
  }

  private boolean tried(int next) {
    Map<Integer, List<Value>> before = new HashMap<>(lists);
    done[next] = true;
    boolean possible = happens(next) && canGoOn();
    done[next] = false;
    lists.clear();
    lists.putAll(before);
    return possible;
  }

  private boolean isOk(int transaction) {
    return switch (log.type(transaction)) {
      case OK -> true;
      case FAIL, INFO -> false;
    };
  }

  private boolean mayBeNext(int next) {
    boolean may =
        switch (log.type(next)) {
          case OK, INFO -> true;
          case FAIL -> false;
        };
    for (int other = 0; other < done.length; other++) {
      boolean precedes =
          isOk(other)
              && log.history().completionIndex(log.row(other))
                  < log.history().invocationIndex(log.row(next));
      may &= done[other] || !realTime || !precedes;
    }
    return may;
  }

  private boolean happens(int transaction) {
    for (int micro = log.from(transaction); micro < log.to(transaction); micro++) {
      List<Value> list = lists.getOrDefault(log.list(micro), List.of());
      if (log.isAppend(micro)) {
        List<Value> longer = new ArrayList<>(list);
        longer.add(log.elements().value(log.element(micro)));
        lists.put(log.list(micro), longer);
      } else if (isOk(transaction) && !log.seen(micro).equals(list)) {
        return false;
      }
    }
    return true;
  }
}
