package io.shardquake.checkers.transactions;

import io.shardquake.checkers.history.Value;
import java.util.Arrays;

/**
 * Numbers for what was appended, from 0: a list and an element of it, which is appended once. A
 * hash table with linear probing over columns. Not thread-safe while it is written.
 */
final class ElementTable {
  /** The number of what was never appended. */
  static final int NONE = -1;

  private int[] list = new int[16];
  private Value[] value = new Value[16];
  private int[] append = new int[16];
  private int[] slots = new int[64];
  private int size;

  ElementTable() {
    Arrays.fill(slots, NONE);
  }

  int size() {
    return size;
  }

  /** The number of an element of a list, or {@link #NONE}. */
  int find(int ofList, Value element) {
    return slots[slot(ofList, element)];
  }

  /**
   * Numbers an element.
   *
   * @param microOperation that appends it
   * @return the micro-operation that had appended it before, or {@link #NONE}
   */
  int add(int ofList, Value element, int microOperation) {
    int slot = slot(ofList, element);
    if (slots[slot] != NONE) {
      return append[slots[slot]];
    }
    if (size == list.length) {
      list = Arrays.copyOf(list, size * 2);
      value = Arrays.copyOf(value, size * 2);
      append = Arrays.copyOf(append, size * 2);
    }
    list[size] = ofList;
    value[size] = element;
    append[size] = microOperation;
    slots[slot] = size++;
    if (size * 2 > slots.length) {
      rehash();
    }
    return NONE;
  }

  private void rehash() {
    slots = new int[slots.length * 4];
    Arrays.fill(slots, NONE);
    for (int element = 0; element < size; element++) {
      slots[slot(list[element], value[element])] = element;
    }
  }

  private int slot(int ofList, Value element) {
    int hash = (element.hashCode() * 31 + ofList) * 0x9e3779b9;
    int slot = (hash ^ hash >>> 15) & (slots.length - 1);
    while (slots[slot] != NONE
        && !(list[slots[slot]] == ofList && value[slots[slot]].equals(element))) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  int list(int element) {
    return list[element];
  }

  Value value(int element) {
    return value[element];
  }

  /** The micro-operation that appended it. */
  int append(int element) {
    return append[element];
  }
}
