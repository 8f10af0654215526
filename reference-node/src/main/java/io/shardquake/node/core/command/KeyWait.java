package io.shardquake.node.core.command;

import io.shardquake.node.core.value.Value;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How a blocking command serves itself from the first of its keys that is there, or waits for one.
 *
 * @param type the kind of value it takes from
 */
public record KeyWait<T extends Value>(Class<T> type) {
  /**
   * Takes from a key, replies and propagates, or waits; where it may not wait, replies null.
   *
   * @param keys in order of preference; a client that waits is served by the one that changed
   * @param deadline Unix milliseconds
   */
  public void serve(
      CommandContext context, List<byte[]> keys, long deadline, BiConsumer<byte[], T> take) {
    byte[] ready = context.readyKey();
    for (byte[] key : ready == null ? keys : List.of(ready)) {
      T value = find(context, key);
      if (value != null) {
        take.accept(key, value);
        return;
      }
    }
    if (context.mayBlock()) {
      context.block(keys, deadline, context.reply()::nullArray);
    } else {
      context.reply().nullArray();
    }
  }

  /**
   * A key's value to take from, null if there is none. Whoever waits already does not mind if a key
   * turns out to hold something else.
   *
   * @throws ErrorReply of the wrong kind of value, when asked for the first time
   */
  public @Nullable T find(CommandContext context, byte[] key) {
    if (context.readyKey() != null && !type.isInstance(context.read(key))) {
      return null;
    }
    return context.write(key, type);
  }
}
