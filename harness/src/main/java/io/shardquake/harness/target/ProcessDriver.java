package io.shardquake.harness.target;

import io.shardquake.faults.NodeStatus;
import io.shardquake.faults.NodeStatus.State;
import io.shardquake.faults.process.Signal;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.Readiness;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Nodes that are processes of this machine. */
final class ProcessDriver implements NodeDriver {
  /** How long a signal may take to show; killing a server with much memory takes a while. */
  private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(30);

  private final ProcessGroup group;
  private final NodePing ping;
  private final Map<String, ServerProcess> processes = new LinkedHashMap<>();

  ProcessDriver(ProcessGroup group, NodePing ping) {
    this.group = group;
    this.ping = ping;
  }

  /** Before the cluster is used. */
  void add(ServerProcess process) {
    processes.put(process.launch().node(), process);
  }

  private ServerProcess process(String node) {
    return Optional.ofNullable(processes.get(node))
        .orElseThrow(() -> new IllegalArgumentException("there is no node " + node));
  }

  @Override
  public NodeStatus status(String node) {
    return process(node).status();
  }

  @Override
  public void kill(String node) throws IOException, InterruptedException {
    end(node, List.of(Signal.KILL));
  }

  @Override
  public void stop(String node) throws IOException, InterruptedException {
    // A paused process would take notice of the SIGTERM only when it goes on.
    end(node, List.of(Signal.TERM, Signal.CONT));
  }

  private void end(String name, List<Signal> signals) throws IOException, InterruptedException {
    ServerProcess process = process(name);
    if (process.status().state() == State.DEAD) {
      return;
    }
    process.signal(signals.get(0));
    if (process.status().state() == State.PAUSED && signals.size() > 1) {
      process.signal(signals.get(1));
    }
    try {
      process.gone().get(SIGNAL_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IOException(
          name + " still runs " + SIGNAL_LIMIT.toSeconds() + " s after SIG" + signals.get(0), e);
    }
  }

  @Override
  public void start(String node) throws IOException, InterruptedException {
    process(node).start();
    try {
      ping.await(List.of(process(node)));
    } catch (ClusterException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void pause(String node) throws IOException, InterruptedException {
    signal(node, Signal.STOP, State.PAUSED);
  }

  @Override
  public void resume(String node) throws IOException, InterruptedException {
    signal(node, Signal.CONT, State.RUNNING);
  }

  private void signal(String name, Signal signal, State expected)
      throws IOException, InterruptedException {
    ServerProcess process = process(name);
    process.signal(signal);
    try {
      Readiness.await(
          SIGNAL_LIMIT,
          () -> {
            State state = process.status().state();
            return state == expected
                ? Optional.empty()
                : Optional.of(name + " is " + state + " after SIG" + signal);
          });
    } catch (ClusterException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    group.close();
  }
}
