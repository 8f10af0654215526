package io.shardquake.node.server;

import io.shardquake.node.core.Effect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the node's log through SLF4J. */
final class NodeLog {
  private static final Logger LOG = LoggerFactory.getLogger("node");

  private NodeLog() {}

  static void write(Effect.Log line) {
    switch (line.level()) {
      case DEBUG -> LOG.trace("{}", line.message());
      case VERBOSE -> LOG.debug("{}", line.message());
      case NOTICE -> LOG.info("{}", line.message());
      case WARNING -> LOG.warn("{}", line.message());
    }
  }
}
