package io.shardquake.harness.sim.run;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultLog;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.checkers.topology.TopologyLog;
import io.shardquake.checkers.topology.TopologySample;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is recorded in memory, for checkers that are asked at once. Not thread-safe. */
public final class MemoryEvidence implements EvidenceSink {
  private final History.Builder history = new History.Builder();
  private final List<TopologySample> samples = new ArrayList<>();
  private final List<FaultEvent> faults = new ArrayList<>();

  @Override
  public void invoked(Invocation invocation) {
    history.invoke(invocation);
  }

  @Override
  public void completed(int process, Completion completion) {
    history.complete(process, completion);
  }

  @Override
  public void sample(TopologySample sample) {
    samples.add(sample);
  }

  @Override
  public void fault(FaultEvent event) {
    faults.add(event);
  }

  @Override
  public void flush() {}

  /** Everything so far; nothing may be added afterwards. */
  public Evidence evidence() {
    return new Evidence(history.build(), new TopologyLog(samples), new FaultLog(faults));
  }
}
