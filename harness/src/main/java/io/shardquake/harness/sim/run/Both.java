package io.shardquake.harness.sim.run;

import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.checkers.topology.TopologySample;
import java.io.IOException;

/** Records everything twice. */
public record Both(EvidenceSink one, EvidenceSink other) implements EvidenceSink {
  @Override
  public void invoked(Invocation invocation) throws IOException {
    one.invoked(invocation);
    other.invoked(invocation);
  }

  @Override
  public void completed(int process, Completion completion) throws IOException {
    one.completed(process, completion);
    other.completed(process, completion);
  }

  @Override
  public void sample(TopologySample sample) throws IOException {
    one.sample(sample);
    other.sample(sample);
  }

  @Override
  public void fault(FaultEvent event) throws IOException {
    one.fault(event);
    other.fault(event);
  }

  @Override
  public void flush() throws IOException {
    one.flush();
    other.flush();
  }
}
