package io.shardquake.checkers.history;

import java.util.Arrays;

/** What each process is about: a hash table with linear probing. Not thread-safe. */
final class ProcessTable {
  /** It has no operation open. */
  static final int IDLE = -1;

  /** Its last operation ended as Info, so it may not act again. */
  static final int RETIRED = -2;

  private static final int FREE = -1;

  private int[] processes = new int[16];
  private int[] states = new int[16];
  private int size;

  ProcessTable() {
    Arrays.fill(processes, FREE);
  }

  /** The row of the process's open operation, or {@link #IDLE} or {@link #RETIRED}. */
  int state(int process) {
    int slot = slot(process);
    return processes[slot] == FREE ? IDLE : states[slot];
  }

  void set(int process, int state) {
    int slot = slot(process);
    if (processes[slot] == FREE) {
      processes[slot] = process;
      size++;
      if (2 * size > processes.length) {
        grow();
        slot = slot(process);
      }
    }
    states[slot] = state;
  }

  private int slot(int process) {
    int mask = processes.length - 1;
    int slot = ((process * 0x9e3779b9) >>> 7) & mask;
    while (processes[slot] != FREE && processes[slot] != process) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    int[] oldProcesses = processes;
    int[] oldStates = states;
    processes = new int[2 * oldProcesses.length];
    states = new int[2 * oldProcesses.length];
    Arrays.fill(processes, FREE);
    for (int i = 0; i < oldProcesses.length; i++) {
      if (oldProcesses[i] != FREE) {
        int slot = slot(oldProcesses[i]);
        processes[slot] = oldProcesses[i];
        states[slot] = oldStates[i];
      }
    }
  }
}
