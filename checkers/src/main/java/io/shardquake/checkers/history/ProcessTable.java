package io.shardquake.checkers.history;

import java.util.Arrays;

/**
 * What each process is about: an array in pages, for processes are numbered from 0 almost without
 * gaps. Not thread-safe.
 */
final class ProcessTable {
  /** It has no operation open. */
  static final int IDLE = -1;

  /** Its last operation ended as Info, so it may not act again. */
  static final int RETIRED = -2;

  private static final int SHIFT = 10;
  private static final int PAGE = 1 << SHIFT;
  private static final int MASK = PAGE - 1;
  private static final int[] NEVER_USED = idlePage();

  private int[][] pages = {};

  /** The row of the process's open operation, or {@link #IDLE} or {@link #RETIRED}. */
  int state(int process) {
    int page = process >>> SHIFT;
    return page < pages.length ? pages[page][process & MASK] : IDLE;
  }

  void set(int process, int state) {
    int page = process >>> SHIFT;
    if (page >= pages.length) {
      int before = pages.length;
      pages = Arrays.copyOf(pages, Math.max(page + 1, 2 * before));
      Arrays.fill(pages, before, pages.length, NEVER_USED);
    }
    if (pages[page] == NEVER_USED) {
      pages[page] = idlePage();
    }
    pages[page][process & MASK] = state;
  }

  private static int[] idlePage() {
    int[] page = new int[PAGE];
    Arrays.fill(page, IDLE);
    return page;
  }
}
