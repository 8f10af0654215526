package io.shardquake.node.core.cluster;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.defect.Defect;
import java.util.Arrays;
import java.util.Optional;

/** How nodes.conf gets to disk: as a whole or not at all. Not thread-safe. */
final class NodesFile {
  private final Configuration configuration;
  private final Outbox outbox;
  private final boolean inPlace;
  private Optional<byte[]> secondHalf = Optional.empty();
  private boolean delayed;

  NodesFile(Configuration configuration, Outbox outbox) {
    this.configuration = configuration;
    this.outbox = outbox;
    this.inPlace = configuration.has(Defect.WRITE_NODES_CONF_IN_PLACE);
  }

  private String name() {
    return configuration.text("cluster-config-file");
  }

  /**
   * Saves.
   *
   * @param durable whether what follows in this turn waits until it is on disk
   */
  void save(byte[] content, boolean durable) {
    if (!inPlace) {
      outbox.toDisk(new Effect.Replace(name(), content, durable));
      return;
    }
    int half = content.length / 2;
    outbox.toDisk(new Effect.Delete(name()));
    outbox.toDisk(new Effect.Append(name(), Arrays.copyOf(content, half)));
    secondHalf = Optional.of(Arrays.copyOfRange(content, half, content.length));
    delayed = true;
  }

  /** Ends a turn. */
  void endTurn() {
    if (!delayed) {
      secondHalf.ifPresent(rest -> outbox.toDisk(new Effect.Append(name(), rest)));
      secondHalf = Optional.empty();
    }
    delayed = false;
  }
}
