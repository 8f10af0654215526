package io.shardquake.workloads.protocol;

import java.nio.charset.StandardCharsets;

/**
 * A Redis command: its name and its arguments as bytes. Immutable; safe for use by many threads.
 */
public final class Command {
  public static final Command ASKING = keyless("ASKING");
  public static final Command CLUSTER_SLOTS = keyless("CLUSTER", "SLOTS");
  public static final Command EXEC = keyless("EXEC");
  public static final Command MULTI = keyless("MULTI");
  public static final Command UNWATCH = keyless("UNWATCH");

  private final byte[][] parts;
  private final boolean keyed;

  private Command(byte[][] parts, boolean keyed) {
    this.parts = parts;
    this.keyed = keyed;
  }

  /** A command that names no key, so that any node may be asked. */
  public static Command keyless(String... parts) {
    return new Command(bytes(parts), false);
  }

  /** A command on keys of one slot, so that the node must serve that slot. */
  public static Command keyed(String... parts) {
    return new Command(bytes(parts), true);
  }

  /** Whether it names a key. */
  public boolean isKeyed() {
    return keyed;
  }

  /** Number of parts: the name and the arguments. */
  public int size() {
    return parts.length;
  }

  /** A part, from 0; not to be changed. */
  public byte[] part(int index) {
    return parts[index];
  }

  /** As one would type it. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (byte[] part : parts) {
      text.append(text.isEmpty() ? "" : " ").append(new String(part, StandardCharsets.UTF_8));
    }
    return text.toString();
  }

  private static byte[][] bytes(String[] parts) {
    byte[][] result = new byte[parts.length][];
    for (int i = 0; i < parts.length; i++) {
      result[i] = parts[i].getBytes(StandardCharsets.UTF_8);
    }
    return result;
  }
}
