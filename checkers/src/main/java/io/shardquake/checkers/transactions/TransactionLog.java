package io.shardquake.checkers.transactions;

import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The transactions of a history in order of invocation, and their micro-operations, as columns.
 * Immutable once read.
 */
final class TransactionLog {
  /** The function of operations that are transactions. */
  static final String FUNCTION = "txn";

  /** In place of the element of a read. */
  static final int NO_ELEMENT = -1;

  /** A list: the key of its operation, and its own. */
  private record ListName(int operationKey, Value key) {}

  private final History history;
  private final ElementTable elements = new ElementTable();
  private final Map<ListName, Integer> listNumbers = new HashMap<>();
  private final List<Value> lists = new ArrayList<>();
  private int size;
  private int[] row = new int[16];
  private int[] first = new int[16];
  private int microOperations;
  private int[] list = new int[64];
  private int[] element = new int[64];
  private int[] transaction = new int[64];
  private Object[] seen = new Object[64];

  private TransactionLog(History history) {
    this.history = history;
  }

  /**
   * Reads the transactions of a history.
   *
   * @throws MalformedTransactionException at the first one that is none, or that appends an element
   *     which another one appended too
   */
  static TransactionLog of(History history) {
    TransactionLog log = new TransactionLog(history);
    for (int row = 0; row < history.size(); row++) {
      if (history.functionName(history.function(row)).equals(FUNCTION)) {
        log.add(row);
      }
    }
    log.row = Arrays.copyOf(log.row, log.size);
    log.first = Arrays.copyOf(log.first, log.size + 1);
    log.first[log.size] = log.microOperations;
    return log;
  }

  private void add(int historyRow) {
    if (size + 1 == row.length) {
      row = Arrays.copyOf(row, size * 2 + 2);
      first = Arrays.copyOf(first, size * 2 + 2);
    }
    row[size] = historyRow;
    first[size] = microOperations;
    boolean ok = history.type(historyRow) == Completion.Type.OK;
    List<Value> asked = items(historyRow, history.argument(historyRow));
    List<Value> told = ok ? items(historyRow, history.result(historyRow)) : asked;
    if (told.size() != asked.size()) {
      throw malformed(
          historyRow, "was asked for " + asked.size() + " things and tells of " + told.size());
    }
    for (int i = 0; i < told.size(); i++) {
      add(historyRow, microOperation(historyRow, told.get(i)), ok);
      requireSame(historyRow, asked.get(i), told.get(i), ok);
    }
    size++;
  }

  private void requireSame(int historyRow, Value asked, Value told, boolean ok) {
    if (ok) {
      MicroOperation one = microOperation(historyRow, asked);
      MicroOperation other = microOperation(historyRow, told);
      boolean same =
          one.isAppend() == other.isAppend()
              && one.key().equals(other.key())
              && (!one.isAppend() || one.value().equals(other.value()));
      if (!same) {
        throw malformed(historyRow, "was asked for " + asked + " and tells of " + told);
      }
    }
  }

  private List<Value> items(int historyRow, Value transactionValue) {
    if (transactionValue instanceof Value.Sequence sequence) {
      return sequence.items();
    }
    throw malformed(historyRow, "is no sequence of micro-operations: " + transactionValue);
  }

  private MicroOperation microOperation(int historyRow, Value recorded) {
    return MicroOperation.of(recorded)
        .orElseThrow(
            () ->
                malformed(
                    historyRow,
                    "holds %s, which is neither [append key element] nor [r key elements]"
                        .formatted(recorded)));
  }

  private void add(int historyRow, MicroOperation micro, boolean ok) {
    if (microOperations == list.length) {
      list = Arrays.copyOf(list, microOperations * 2);
      element = Arrays.copyOf(element, microOperations * 2);
      transaction = Arrays.copyOf(transaction, microOperations * 2);
      seen = Arrays.copyOf(seen, microOperations * 2);
    }
    int number = listNumber(history.key(historyRow), micro.key());
    list[microOperations] = number;
    transaction[microOperations] = size;
    element[microOperations] = NO_ELEMENT;
    seen[microOperations] = List.of();
    if (micro.isAppend()) {
      int before = elements.add(number, micro.value(), microOperations);
      if (before != ElementTable.NONE) {
        throw malformed(
            historyRow,
            "appends %s to %s, as event %d did: each element may be appended once only"
                .formatted(
                    micro.value(), micro.key(), history.invocationIndex(row[transaction[before]])));
      }
      element[microOperations] = elements.size() - 1;
    } else if (ok) {
      seen[microOperations] = micro.seen();
    }
    microOperations++;
  }

  private int listNumber(int operationKey, Value key) {
    ListName name = new ListName(operationKey, key);
    Integer known = listNumbers.putIfAbsent(name, lists.size());
    if (known == null) {
      lists.add(key);
      return lists.size() - 1;
    }
    return known;
  }

  private MalformedTransactionException malformed(int historyRow, String problem) {
    return new MalformedTransactionException(
        "the transaction of event %d %s".formatted(history.invocationIndex(historyRow), problem));
  }

  History history() {
    return history;
  }

  ElementTable elements() {
    return elements;
  }

  /** How many transactions. */
  int size() {
    return size;
  }

  /** A transaction's row in the history. */
  int row(int transactionNumber) {
    return row[transactionNumber];
  }

  Completion.Type type(int transactionNumber) {
    return history.type(row[transactionNumber]);
  }

  /** A transaction's first micro-operation. */
  int from(int transactionNumber) {
    return first[transactionNumber];
  }

  /** One more than a transaction's last micro-operation. */
  int to(int transactionNumber) {
    return first[transactionNumber + 1];
  }

  /** How many micro-operations all transactions have. */
  int microOperations() {
    return microOperations;
  }

  /** How many lists. */
  int lists() {
    return lists.size();
  }

  /** The key of a list. */
  Value listKey(int listNumber) {
    return lists.get(listNumber);
  }

  boolean isAppend(int microOperation) {
    return element[microOperation] != NO_ELEMENT;
  }

  /** The list that it reads or appends to. */
  int list(int microOperation) {
    return list[microOperation];
  }

  /** What it appends, or {@link #NO_ELEMENT}. */
  int element(int microOperation) {
    return element[microOperation];
  }

  /** The transaction that it is part of. */
  int transaction(int microOperation) {
    return transaction[microOperation];
  }

  /** The transaction that appended an element. */
  int writer(int elementNumber) {
    return transaction[elements.append(elementNumber)];
  }

  /** What a read returned; empty if its transaction did not end Ok. */
  @SuppressWarnings("unchecked") // put in by add, from MicroOperation.seen
  List<Value> seen(int microOperation) {
    return (List<Value>) seen[microOperation];
  }
}
