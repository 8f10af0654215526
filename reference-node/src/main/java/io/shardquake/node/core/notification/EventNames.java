package io.shardquake.node.core.notification;

import io.shardquake.node.core.command.CommandTable;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which events tell of which command's changes, from {@code events.txt}. */
final class EventNames {
  private final Map<String, Events> byCommand = new TreeMap<>();

  /**
   * The events of a command.
   *
   * @param group the letter of their class
   * @param first of the first key that changes
   * @param second of the second key that changes, where that is told otherwise; else as the first
   */
  record Events(char group, String first, String second) {}

  /** Reads them, when they are first asked for: most nodes are never asked. */
  private void read() {
    for (String line : CommandTable.lines("events.txt")) {
      String[] words = line.strip().split(" +", -1);
      String second = words.length > 3 ? words[3] : words[2];
      byCommand.put(words[0], new Events(words[1].charAt(0), words[2], second));
    }
  }

  @Nullable Events of(String command) {
    if (byCommand.isEmpty()) {
      read();
    }
    return byCommand.get(command);
  }
}
