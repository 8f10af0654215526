package io.shardquake.node.core.strings;

import java.util.ArrayList;
import java.util.List;

/**
 * A longest common subsequence of two strings: of several, the one that Redis finds.
 *
 * @param bytes the subsequence
 * @param matches where its contiguous parts lie, the last one first
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record CommonSubsequence(byte[] bytes, List<Match> matches) {
  /** A part of both strings: where it begins in each, and how long it is. */
  record Match(int first, int second, int length) {}

  CommonSubsequence {
    matches = List.copyOf(matches);
  }

  int length() {
    return bytes.length;
  }

  /** By dynamic programming, in time and space of the product of the lengths. */
  static CommonSubsequence of(byte[] a, byte[] b) {
    int[][] lengths = new int[a.length + 1][b.length + 1];
    for (int i = 1; i <= a.length; i++) {
      for (int j = 1; j <= b.length; j++) {
        lengths[i][j] =
            a[i - 1] == b[j - 1]
                ? lengths[i - 1][j - 1] + 1
                : Math.max(lengths[i - 1][j], lengths[i][j - 1]);
      }
    }
    return walkBack(a, b, lengths);
  }

  private static CommonSubsequence walkBack(byte[] a, byte[] b, int[][] lengths) {
    int left = lengths[a.length][b.length];
    byte[] common = new byte[left];
    List<Match> matches = new ArrayList<>();
    int i = a.length;
    int j = b.length;
    int run = 0;
    while (i > 0 && j > 0) {
      if (a[i - 1] == b[j - 1]) {
        i--;
        j--;
        run++;
        common[--left] = a[i];
      } else {
        if (run > 0) {
          matches.add(new Match(i, j, run));
          run = 0;
        }
        if (lengths[i - 1][j] > lengths[i][j - 1]) {
          i--;
        } else {
          j--;
        }
      }
    }
    if (run > 0) {
      matches.add(new Match(i, j, run));
    }
    return new CommonSubsequence(common, matches);
  }
}
