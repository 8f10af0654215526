package io.shardquake.node.core;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects the effects of a turn in the order that makes acknowledgements honest: first what goes
 * to disk, then what goes out. Within each the order of adding is kept. Not thread-safe.
 */
public final class Outbox {
  private final List<Effect> disk = new ArrayList<>();
  private final List<Effect> network = new ArrayList<>();

  /** Adds an effect on files, which is done before anything of this turn is sent. */
  public void toDisk(Effect effect) {
    disk.add(effect);
  }

  /** Adds an effect on connections, or anything else that may follow the disk. */
  public void toNetwork(Effect effect) {
    network.add(effect);
  }

  /** Adds a line to the log. */
  public void log(Effect.Level level, String message) {
    network.add(new Effect.Log(level, message));
  }

  /** The effects of the turn; the outbox is empty afterwards. */
  List<Effect> take() {
    List<Effect> all = new ArrayList<>(disk.size() + network.size());
    all.addAll(disk);
    all.addAll(network);
    disk.clear();
    network.clear();
    return all;
  }
}
