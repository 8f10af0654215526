package io.shardquake.harness.experiment;

import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultLogWriter;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.HistoryWriter;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.TopologyLogWriter;
import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.harness.interpreter.HistorySink;
import io.shardquake.harness.interpreter.StopSignal;
import io.shardquake.harness.store.RunDirectory;
import io.shardquake.harness.store.StoreException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Everything that is recorded while a run goes on. The history belongs to the interpreter's thread;
 * the logs of faults and of the topology take from any thread. What cannot be recorded raises the
 * stop signal, because a run without its recording proves nothing; what was recorded before stays.
 */
final class RunRecorder implements HistorySink, AutoCloseable {
  private final HistoryWriter history;
  private final TopologyLogWriter topology;
  private final FaultLogWriter faults;
  private final StopSignal stop;
  private final Set<Value> keys = new LinkedHashSet<>();
  private final AtomicReference<Optional<StoreException>> failure =
      new AtomicReference<>(Optional.empty());

  private RunRecorder(
      HistoryWriter history, TopologyLogWriter topology, FaultLogWriter faults, StopSignal stop) {
    this.history = history;
    this.topology = topology;
    this.faults = faults;
    this.stop = stop;
  }

  /**
   * Opens the files.
   *
   * @throws StoreException if one cannot be made
   */
  static RunRecorder open(RunDirectory directory, StopSignal stop) throws StoreException {
    try {
      return new RunRecorder(
          HistoryWriter.create(directory.history()),
          TopologyLogWriter.create(directory.topology()),
          FaultLogWriter.create(directory.faults()),
          stop);
    } catch (IOException e) {
      throw StoreException.recording(e);
    }
  }

  @Override
  public void invoked(Invocation invocation) throws IOException {
    keys.add(invocation.key());
    history.invoke(invocation);
  }

  @Override
  public void completed(int process, Completion completion) throws IOException {
    history.complete(process, completion);
  }

  @Override
  public void flush() throws IOException {
    history.flush();
  }

  /** Every key that an operation was invoked on, each once, in the order of their first use. */
  List<Value> keys() {
    return List.copyOf(keys);
  }

  /**
   * Records a sample.
   *
   * @throws UncheckedIOException if that is not possible, now or before
   */
  void sample(TopologySample sample) {
    synchronized (topology) {
      keep(() -> topology.append(sample));
    }
  }

  /**
   * Records what became of a fault.
   *
   * @throws UncheckedIOException if that is not possible, now or before
   */
  void fault(FaultEvent event) {
    synchronized (faults) {
      keep(() -> faults.append(event));
    }
  }

  /** Notes that the history could not be kept. */
  void historyFailed(IOException problem) {
    fail(problem);
  }

  /**
   * Tells whether everything could be recorded so far.
   *
   * @throws StoreException the first failure
   */
  void requireComplete() throws StoreException {
    Optional<StoreException> first = failure.get();
    if (first.isPresent()) {
      throw first.get();
    }
  }

  @Override
  public void close() {
    close(history);
    synchronized (topology) {
      close(topology);
    }
    synchronized (faults) {
      close(faults);
    }
  }

  private interface Write {
    void perform() throws IOException;
  }

  private void keep(Write write) {
    try {
      write.perform();
    } catch (IOException e) {
      fail(e);
      throw new UncheckedIOException(e);
    }
  }

  private void close(Closeable writer) {
    try {
      writer.close();
    } catch (IOException e) {
      fail(e);
    }
  }

  private void fail(IOException problem) {
    failure.compareAndSet(Optional.empty(), Optional.of(StoreException.recording(problem)));
    stop.raise();
  }
}
