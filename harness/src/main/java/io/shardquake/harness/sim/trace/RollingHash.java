package io.shardquake.harness.sim.trace;

import io.shardquake.harness.sim.node.SimNode;
import io.shardquake.harness.sim.node.Witness;
import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Input;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A number that stands for everything that every node was told and did, and when: two simulations
 * with the same number went the same way. Not thread-safe.
 */
public final class RollingHash implements Witness {
  private static final long PRIME = 0x9e3779b97f4a7c15L;

  private final CRC32C content = new CRC32C();
  private long hash = PRIME;
  private long count;

  /** The hash of all that has happened so far. */
  public long value() {
    return hash;
  }

  /** How many things it is a hash of. */
  public long count() {
    return count;
  }

  /** As it is printed. */
  public static String text(long hash) {
    return String.format("%016x", hash);
  }

  @Override
  public void turning(SimNode node, List<Input> inputs) {
    add(node.nowNanos() ^ (long) node.facts().number() << 56);
    for (Input input : inputs) {
      if (input instanceof Input.Received received) {
        add(received.connection());
        add(digest(received.data()));
      }
    }
    add(inputs.size());
  }

  @Override
  public void performing(SimNode node, Effect effect) {
    if (effect instanceof Effect.Send send) {
      add(send.connection());
      add(digest(send.data()));
    } else if (effect instanceof Effect.Append append) {
      add(digest(append.data()));
    } else if (effect instanceof Effect.Replace replace) {
      add(digest(replace.data()));
    } else if (effect instanceof Effect.Log line) {
      add(digest(line.message().getBytes(StandardCharsets.UTF_8)));
    } else {
      add(effect.getClass().getSimpleName().length());
    }
  }

  @Override
  public void process(SimNode node, String what) {
    add(node.nowNanos());
    add(digest(what.getBytes(StandardCharsets.UTF_8)));
  }

  /** Adds something that happened elsewhere than in a node. */
  public void note(long timeNanos, String what) {
    add(timeNanos);
    add(digest(what.getBytes(StandardCharsets.UTF_8)));
  }

  private long digest(byte[] data) {
    content.reset();
    content.update(data, 0, data.length);
    return content.getValue();
  }

  private void add(long number) {
    count++;
    long mixed = (hash ^ number) * PRIME;
    hash = mixed ^ mixed >>> 29;
  }
}
