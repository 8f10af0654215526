package io.shardquake.node.core.client;

import java.util.List;

/**
 * What a client waits for. When it may have come, the request is simply run again.
 *
 * @param keys that may serve it, in its order of preference; empty if it waits for something else
 * @param deadline Unix milliseconds after which it gives up; {@link Long#MAX_VALUE} for never
 * @param request what it asked for
 * @param giveUp replies what the command replies when its time is over
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
public record Blocked(List<byte[]> keys, long deadline, byte[][] request, Runnable giveUp) {
  public Blocked {
    keys = List.copyOf(keys);
  }
}
