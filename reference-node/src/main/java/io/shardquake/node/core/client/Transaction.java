package io.shardquake.node.core.client;

import java.util.ArrayList;
import java.util.List;

/** A MULTI that has not been ended: the requests queued so far. Not thread-safe. */
public final class Transaction {
  private final List<byte[][]> queued = new ArrayList<>();
  private boolean broken;
  private boolean writes;

  /** Queues a request; {@code writes} tells whether its command may write. */
  public void queue(byte[][] arguments, boolean mayWrite) {
    queued.add(arguments);
    writes |= mayWrite;
  }

  /** Whether any queued command may write. */
  public boolean hasWrites() {
    return writes;
  }

  public List<byte[][]> queued() {
    return queued;
  }

  /** A request was refused while queueing: EXEC must abort. */
  public void breakOff() {
    broken = true;
  }

  public boolean isBroken() {
    return broken;
  }
}
