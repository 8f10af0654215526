package io.shardquake.node.core.replication;

import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.config.Directive;

/**
 * How far a replica may be behind, in bytes that this node has to keep for it.
 *
 * @param hard bytes that are too many at once; 0 for no limit
 * @param soft bytes that are too many for long; 0 for no limit
 * @param millis how long
 */
record OutputLimit(long hard, long soft, long millis) {
  private static final OutputLimit NONE = new OutputLimit(0, 0, 0);

  /** The limit for replicas in {@code client-output-buffer-limit}. */
  static OutputLimit ofReplicas(Configuration configuration) {
    String[] words = configuration.text("client-output-buffer-limit").split(" +", -1);
    for (int i = 0; i + 3 < words.length; i += 4) {
      if (words[i].equals("slave") || words[i].equals("replica")) {
        Directive.Memory memory = new Directive.Memory(0);
        long hard = Long.parseLong(memory.canonical(words[i + 1]));
        long soft = Long.parseLong(memory.canonical(words[i + 2]));
        long backlog = configuration.number("repl-backlog-size");
        // The backlog is kept anyway: being behind by less costs nothing.
        return new OutputLimit(
            hard == 0 ? 0 : Math.max(hard, backlog), soft, Long.parseLong(words[i + 3]) * 1000);
      }
    }
    return NONE;
  }

  boolean isExceededBy(ReplicaLink replica, long nowMillis) {
    boolean atOnce = hard > 0 && replica.buffered() > hard;
    return replica.isOver(soft, millis, nowMillis) || atOnce;
  }
}
