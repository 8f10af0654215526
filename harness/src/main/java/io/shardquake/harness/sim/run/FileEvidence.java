package io.shardquake.harness.sim.run;

import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultLogWriter;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.HistoryWriter;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.checkers.topology.TopologyLogWriter;
import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.harness.store.RunDirectory;
import java.io.Closeable;
import java.io.IOException;

/** Records a simulated run in a run directory, as a live one is recorded. Not thread-safe. */
public final class FileEvidence implements EvidenceSink, Closeable {
  private final HistoryWriter history;
  private final TopologyLogWriter topology;
  private final FaultLogWriter faults;

  /**
   * Makes the files.
   *
   * @throws IOException if one cannot be made
   */
  public FileEvidence(RunDirectory directory) throws IOException {
    this.history = HistoryWriter.create(directory.history());
    this.topology = TopologyLogWriter.create(directory.topology());
    this.faults = FaultLogWriter.create(directory.faults());
  }

  @Override
  public void invoked(Invocation invocation) throws IOException {
    history.invoke(invocation);
  }

  @Override
  public void completed(int process, Completion completion) throws IOException {
    history.complete(process, completion);
  }

  @Override
  public void sample(TopologySample sample) throws IOException {
    topology.append(sample);
  }

  @Override
  public void fault(FaultEvent event) throws IOException {
    faults.append(event);
  }

  @Override
  public void flush() throws IOException {
    history.flush();
  }

  @Override
  public void close() throws IOException {
    history.close();
    topology.close();
    faults.close();
  }
}
