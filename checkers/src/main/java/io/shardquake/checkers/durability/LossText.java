package io.shardquake.checkers.durability;

import io.shardquake.checkers.durability.Loss.Kind;

/** One line for each kind of loss. */
final class LossText {
  private LossText() {}

  static String summary(Kind kind, int keys, int lost, long windowNanos, Allowance allowed) {
    String writes = "%s on %s".formatted(count(lost, "acknowledged write"), count(keys, "key"));
    String window = Cut.seconds(windowNanos);
    String lag = Cut.seconds(allowed.replicationLag().toNanos());
    return switch (kind) {
      case LOST_IN_WINDOW ->
          "%s lost in failovers, within %s of the failure (%s are allowed)"
              .formatted(writes, window, lag);
      case LOST_IN_UNEXPLAINED_FAILOVER ->
          "%s lost in a failover that no fault explains".formatted(writes);
      case LOST_IN_INTERRUPTED_MIGRATION ->
          "%s contradict themselves after a failover in the middle of a slot's migration"
              .formatted(count(keys, "key"));
      case LOST_OUTSIDE_WINDOW ->
          "%s lost in failovers, up to %s before the failure (%s are allowed)"
              .formatted(writes, window, lag);
      case BROKEN_WITHOUT_FAILOVER ->
          "%s contradict themselves without a failover in between".formatted(count(keys, "key"));
      case RETURNED_FROM_THE_DEAD ->
          "%s showed values after a failover that the old master's writes do not leave behind"
              .formatted(count(keys, "key"));
    };
  }

  private static String count(int number, String noun) {
    return "%,d %s%s".formatted(number, noun, number == 1 ? "" : "s");
  }
}
