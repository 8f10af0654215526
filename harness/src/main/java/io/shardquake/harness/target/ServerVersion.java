package io.shardquake.harness.target;

/** The first two numbers of a server's version: what configuration it understands. */
record ServerVersion(int major, int minor) {
  /** Reads {@code 7.0.15}; what follows the second number does not matter. */
  static ServerVersion parse(String text) {
    String[] parts = text.split("\\.", 3);
    return new ServerVersion(
        Integer.parseInt(parts[0]), parts.length > 1 ? Integer.parseInt(parts[1]) : 0);
  }

  boolean isAtLeast(int major, int minor) {
    return this.major > major || (this.major == major && this.minor >= minor);
  }
}
