package io.shardquake.reports.html;

/**
 * How much a page carries at most, so that it opens quickly whatever was recorded.
 *
 * @param operations operations with all their details
 * @param findings findings with all their details
 * @param proofOperations operations that prove one finding
 * @param neighbours further operations shown around a finding
 * @param intervals points of a curve
 * @param segments coloured stretches of one lane, and of one observer's slot map
 * @param windows times of unavailability of one shard
 * @param textLength characters of one key or value
 * @param logLines lines of logs beside one finding
 */
record PageBounds(
    int operations,
    int findings,
    int proofOperations,
    int neighbours,
    int intervals,
    int segments,
    int windows,
    int textLength,
    int logLines) {
  static final PageBounds DEFAULT =
      new PageBounds(40_000, 400, 200, 40, 600, 2_500, 300, 2_000, 300);
}
