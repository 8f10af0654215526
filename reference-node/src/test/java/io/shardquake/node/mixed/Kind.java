package io.shardquake.node.mixed;

/** What a server is made of. */
enum Kind {
  REDIS,
  REFERENCE;

  Kind other() {
    return this == REDIS ? REFERENCE : REDIS;
  }
}
