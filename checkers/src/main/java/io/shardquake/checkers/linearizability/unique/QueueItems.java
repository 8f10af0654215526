package io.shardquake.checkers.linearizability.unique;

import static io.shardquake.checkers.linearizability.unique.Accesses.NONE;

import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.unique.QueueHistory.Kind;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * An item is one value from its enqueue to its dequeue, if it was dequeued. Items are in the order
 * in which their enqueues were called; what was queued at first comes before all else. Enqueues of
 * unknown outcome whose value nobody dequeued are left out.
 *
 * <p>An enqueue takes effect before the dequeue of its value, so that the bounds of the two narrow
 * each other:
 *
 * <pre>
 *   enqueue |-----------------------------|
 *   dequeue       |-----------|
 *           ^     ^           ^
 *     enqueueCall |     enqueued = dequeued
 *            dequeueCall
 * </pre>
 */
final class QueueItems {
  private static final int AMBIGUOUS = -2;

  private final QueueHistory queue;
  private final ObjectHistory history;
  private final int[] itemOfValue;
  private final BitSet dequeuedValues = new BitSet();
  private final int[] value;
  private final int[] enqueue;
  private final int[] dequeue;
  private int size;
  private int initial;
  private boolean exact = true;

  QueueItems(QueueHistory queue) {
    this.queue = queue;
    this.history = queue.history();
    this.itemOfValue = new int[queue.values()];
    Arrays.fill(itemOfValue, NONE);
    this.enqueue = new int[queue.initial().length + history.size()];
    this.dequeue = new int[enqueue.length];
    this.value = new int[enqueue.length];
    Arrays.fill(dequeue, NONE);
    for (int number : queue.initial()) {
      add(NONE, number);
    }
    this.initial = size;
    for (int operation = 0; operation < history.size(); operation++) {
      queue.poll().step();
      if (queue.kind(operation) == Kind.ENQUEUE) {
        add(operation, history.argument(operation));
      }
    }
  }

  private void add(int enqueueOperation, int number) {
    itemOfValue[number] = itemOfValue[number] == NONE ? size : AMBIGUOUS;
    value[size] = number;
    enqueue[size] = enqueueOperation;
    size++;
  }

  /**
   * Finds each dequeue its item and drops the items that say nothing.
   *
   * @return why that cannot be: a value that nothing enqueued, or that was dequeued too early or
   *     too often
   */
  Optional<Contradiction> attachDequeues() {
    for (int operation = 0; operation < history.size(); operation++) {
      queue.poll().step();
      if (queue.kind(operation) == Kind.DEQUEUE) {
        Optional<Contradiction> contradiction = attach(operation);
        if (contradiction.isPresent()) {
          return contradiction;
        }
      }
    }
    dropWhatSaysNothing();
    return Optional.empty();
  }

  private Optional<Contradiction> attach(int operation) {
    int item = itemOfValue[history.result(operation)];
    dequeuedValues.set(history.result(operation));
    if (item == AMBIGUOUS) {
      exact = false;
      return Optional.empty();
    }
    if (item == NONE) {
      return Optional.of(
          Contradiction.of(
              history.named(operation) + " returned what nothing has enqueued", operation));
    }
    if (dequeue[item] != NONE) {
      return Optional.of(
          Contradiction.of(
              "%s returned what %s had taken out"
                  .formatted(history.named(operation), history.named(dequeue[item])),
              operation,
              dequeue[item],
              enqueue[item]));
    }
    dequeue[item] = operation;
    return dequeued(item) < enqueueCall(item)
        ? Optional.of(
            Contradiction.of(
                "%s returned before %s was called"
                    .formatted(history.named(operation), history.named(enqueue[item])),
                operation,
                enqueue[item]))
        : Optional.empty();
  }

  private void dropWhatSaysNothing() {
    int kept = 0;
    int keptInitial = 0;
    for (int item = 0; item < size; item++) {
      queue.poll().step();
      if (dequeue[item] != NONE || staysForCertain(item)) {
        keptInitial += item < initial ? 1 : 0;
        value[kept] = value[item];
        enqueue[kept] = enqueue[item];
        dequeue[kept] = dequeue[item];
        kept++;
      }
    }
    size = kept;
    initial = keptInitial;
  }

  /** Whether it is certain that it was queued, and that no dequeue is known to have removed it. */
  private boolean staysForCertain(int item) {
    boolean queued =
        enqueue[item] == NONE || history.returned(enqueue[item]) != ObjectHistory.NEVER;
    return queued && !dequeuedValues.get(value[item]);
  }

  /** Whether no value that was dequeued might have come from more than one enqueue. */
  boolean exact() {
    return exact;
  }

  int size() {
    return size;
  }

  /** The operation that enqueued the item, or {@link Accesses#NONE} if it was there at first. */
  int enqueue(int item) {
    return enqueue[item];
  }

  /** The operation that dequeued the item, or {@link Accesses#NONE}. */
  int dequeue(int item) {
    return dequeue[item];
  }

  boolean isDequeued(int item) {
    return dequeue[item] != NONE;
  }

  /** The enqueue takes effect after this rank; negative if the item was there at first. */
  int enqueueCall(int item) {
    return item < initial ? item - initial : history.call(enqueue[item]);
  }

  /** The enqueue takes effect before this rank. */
  int enqueued(int item) {
    return item < initial
        ? item - initial
        : Math.min(history.returned(enqueue[item]), dequeued(item));
  }

  /** The dequeue takes effect after this rank; {@link ObjectHistory#NEVER} if there is none. */
  int dequeueCall(int item) {
    return dequeue[item] == NONE
        ? ObjectHistory.NEVER
        : Math.max(history.call(dequeue[item]), enqueueCall(item));
  }

  /** The dequeue takes effect before this rank; {@link ObjectHistory#NEVER} if there is none. */
  int dequeued(int item) {
    return dequeue[item] == NONE ? ObjectHistory.NEVER : history.returned(dequeue[item]);
  }

  QueueHistory queue() {
    return queue;
  }

  /** How the item came into the queue, in words. */
  String origin(int item) {
    return enqueue[item] == NONE
        ? queue.value(value[item]) + ", which was there at first,"
        : history.named(enqueue[item]);
  }
}
