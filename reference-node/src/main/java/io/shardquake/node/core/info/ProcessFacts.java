package io.shardquake.node.core.info;

import io.shardquake.node.core.Input;

/** What the node was told of the process that it lives in. Not thread-safe. */
public final class ProcessFacts {
  private Input.Started started = new Input.Started(0, "", "", "");
  private Input.Vitals vitals = new Input.Vitals(0, 0, 0, 0, 0);
  private long peakHeap;

  /** Which process it is. */
  public Input.Started started() {
    return started;
  }

  public void started(Input.Started facts) {
    this.started = facts;
  }

  /** The last figures about it. */
  public Input.Vitals vitals() {
    return vitals;
  }

  public void measured(Input.Vitals figures) {
    this.vitals = figures;
    this.peakHeap = Math.max(peakHeap, figures.usedHeap());
  }

  /** The most heap that was in use when figures came, in bytes. */
  public long peakHeap() {
    return peakHeap;
  }
}
