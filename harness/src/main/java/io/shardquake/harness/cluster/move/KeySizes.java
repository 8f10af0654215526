package io.shardquake.harness.cluster.move;

import io.shardquake.harness.cluster.Failures;
import io.shardquake.harness.cluster.SlotCommands;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keys take at their node, to know how many can be sent together. Used by one thread.
 *
 * <p>A few are asked for; where one of them is large, all are. What a sample does not meet is rare,
 * and a rare large key takes its time to send, however few others go with it.
 */
final class KeySizes {
  private static final Logger LOG = LoggerFactory.getLogger(KeySizes.class);
  private static final int SAMPLE = 16;
  private static final long LARGE = 4096;

  private Optional<SlotCommands> node;

  private KeySizes(Optional<SlotCommands> node) {
    this.node = node;
  }

  /** Of keys at this node, if it can tell. */
  static KeySizes at(SlotCommands node) {
    return new KeySizes(Optional.of(node));
  }

  /** Takes every key for empty. */
  static KeySizes unknown() {
    return new KeySizes(Optional.empty());
  }

  /** The bytes of each key, or of the largest that was asked for if all are small; 0 if unknown. */
  long[] of(List<byte[]> keys) throws InterruptedException {
    long[] all = new long[keys.size()];
    int step = Math.max(1, keys.size() / SAMPLE);
    long[] sample = ask(keys, step);
    long largest = Arrays.stream(sample).max().orElse(0);
    if (step == 1) {
      return sample.length == all.length ? sample : all;
    }
    if (largest >= LARGE) {
      long[] asked = ask(keys, 1);
      return asked.length == all.length ? asked : all;
    }
    Arrays.fill(all, largest);
    return all;
  }

  /** Empty if the node cannot tell. */
  private long[] ask(List<byte[]> keys, int step) throws InterruptedException {
    if (node.isEmpty()) {
      return new long[0];
    }
    List<CompletableFuture<Long>> pending = new ArrayList<>();
    for (int i = 0; i < keys.size(); i += step) {
      pending.add(node.get().memory(keys.get(i)));
    }
    long[] bytes = new long[pending.size()];
    for (int i = 0; i < bytes.length; i++) {
      OptionalLong size = size(pending.get(i));
      if (size.isEmpty()) {
        node = Optional.empty();
        return new long[0];
      }
      bytes[i] = size.getAsLong();
    }
    return bytes;
  }

  /** A key that has gone meanwhile takes nothing; empty if the node does not know the command. */
  private static OptionalLong size(CompletableFuture<Long> answer) throws InterruptedException {
    try {
      return OptionalLong.of(Math.max(0, answer.get()));
    } catch (ExecutionException e) {
      String reason = Failures.reason(e);
      if (reason.startsWith("ASK ") || reason.startsWith("MOVED ")) {
        return OptionalLong.of(0);
      }
      LOG.debug("sizes of keys are not known: {}", reason);
      return OptionalLong.empty();
    }
  }
}
