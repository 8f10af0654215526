package io.shardquake.workloads.cluster;

import io.shardquake.checkers.topology.SlotRange;
import java.util.Optional;

/**
 * The arguments of a MOVED or ASK error.
 *
 * @param slot the slot that it is about
 * @param target the node to ask
 */
record Redirection(int slot, Endpoint target) {
  /**
   * Reads {@code MOVED 3999 127.0.0.1:6381}; nothing if the message is not of that form or names no
   * usable node.
   *
   * @param answering who sent it: an empty host in the message means the same host
   */
  static Optional<Redirection> parse(String message, Endpoint answering) {
    int first = message.indexOf(' ');
    int second = message.indexOf(' ', first + 1);
    if (first < 0 || second < 0 || message.indexOf(' ', second + 1) >= 0) {
      return Optional.empty();
    }
    String slot = message.substring(first + 1, second);
    if (slot.isEmpty() || slot.length() > 5 || !slot.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    int number = Integer.parseInt(slot);
    if (number >= SlotRange.SLOTS) {
      return Optional.empty();
    }
    return Endpoint.parse(message.substring(second + 1), answering.host())
        .map(target -> new Redirection(number, target));
  }
}
