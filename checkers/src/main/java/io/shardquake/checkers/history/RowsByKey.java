package io.shardquake.checkers.history;

/** The rows of each key, found by one counting sort. Immutable. */
final class RowsByKey {
  private final int[] rows;

  /** Where in {@link #rows} each key begins; one more entry than keys. */
  private final int[] starts;

  private RowsByKey(int[] rows, int[] starts) {
    this.rows = rows;
    this.starts = starts;
  }

  static RowsByKey of(OperationTable table) {
    int[] starts = new int[table.keys.size() + 1];
    for (int row = 0; row < table.size(); row++) {
      starts[table.key(row) + 1]++;
    }
    for (int key = 1; key < starts.length; key++) {
      starts[key] += starts[key - 1];
    }
    int[] next = starts.clone();
    int[] rows = new int[table.size()];
    for (int row = 0; row < table.size(); row++) {
      rows[next[table.key(row)]++] = row;
    }
    return new RowsByKey(rows, starts);
  }

  Rows rows(int key) {
    return new Rows(rows, starts[key], starts[key + 1]);
  }
}
