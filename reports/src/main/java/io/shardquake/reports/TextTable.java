package io.shardquake.reports;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells in columns as wide as they need to be. Not thread-safe. */
final class TextTable {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a row; its last cell may be of any length. */
  void add(String... cells) {
    rows.add(List.of(cells));
  }

  /** The rows, each indented by two spaces and ended by a line feed. */
  String text() {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        int width = width(row.get(column));
        if (column == widths.size()) {
          widths.add(width);
        } else {
          widths.set(column, Math.max(widths.get(column), width));
        }
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        line.append(GAP).append(row.get(column));
        line.append(" ".repeat(widths.get(column) - width(row.get(column))));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** What a terminal needs for it: colours take no room. */
  private static int width(String cell) {
    String bare = cell.replaceAll("\u001b\\[[0-9;]*m", "");
    return bare.codePointCount(0, bare.length());
  }
}
