package io.shardquake.harness.target;

import io.shardquake.faults.NodeStatus;
import io.shardquake.faults.process.ProcessIdentity;
import io.shardquake.faults.process.ProcessSignals;
import io.shardquake.faults.process.ProcessState;
import io.shardquake.faults.process.ProcessTable;
import io.shardquake.faults.process.Signal;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The process of one node of a cluster under test: started, signalled, ended and started again on
 * the data it left. Thread-safe.
 */
final class ServerProcess {
  private static final int LOG_LINES = 5;
  private static final long STATUS_SECONDS = 5;

  private final NodeLaunch launch;
  private final ProcessLedger ledger;
  private final ProcessTable table;
  private final ProcessSignals signals;
  private final DetachedCommand detached;
  private Optional<Running> last = Optional.empty();

  /** A process that was started; it may have ended since. */
  private record Running(Process process, Optional<ProcessIdentity> identity, long logStart) {}

  ServerProcess(
      NodeLaunch launch, ProcessLedger ledger, ProcessTable table, DetachedCommand detached) {
    this.launch = launch;
    this.ledger = ledger;
    this.table = table;
    this.signals = new ProcessSignals(table);
    this.detached = detached;
  }

  NodeLaunch launch() {
    return launch;
  }

  /**
   * Starts the process and returns at once.
   *
   * @throws IOException with a one-line message if it runs already or cannot be started
   */
  synchronized void start() throws IOException {
    if (state() != NodeStatus.State.DEAD) {
      throw new IOException(launch.node() + " runs already, as process " + pid());
    }
    LedgerEntry entry =
        new LedgerEntry(
            launch.node(),
            launch.directory().toString(),
            launch.command().get(0),
            System.currentTimeMillis(),
            Optional.empty());
    ledger.append(entry);
    long logStart = Files.exists(launch.log()) ? Files.size(launch.log()) : 0;
    ProcessBuilder builder = new ProcessBuilder(detached.of(launch.command()));
    builder.environment().putAll(launch.environment());
    Process process =
        builder
            .directory(launch.directory().toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().toFile()))
            .start();
    Optional<ProcessIdentity> identity = table.find(process.pid());
    last = Optional.of(new Running(process, identity, logStart));
    if (identity.isPresent()) {
      ledger.append(entry.withProcess(identity.get()));
    }
  }

  /** What the operating system says about the process now. */
  synchronized NodeStatus status() {
    NodeStatus.State state = state();
    return new NodeStatus(launch.node(), state == NodeStatus.State.DEAD ? -1 : pid(), state);
  }

  private NodeStatus.State state() {
    return switch (identity().map(table::state).orElse(ProcessState.DEAD)) {
      case RUNNING -> NodeStatus.State.RUNNING;
      case STOPPED -> NodeStatus.State.PAUSED;
      case DEAD -> NodeStatus.State.DEAD;
    };
  }

  private Optional<ProcessIdentity> identity() {
    return last.flatMap(Running::identity);
  }

  private long pid() {
    return identity().map(ProcessIdentity::pid).orElse(-1L);
  }

  /**
   * Sends a signal.
   *
   * @throws IOException with a one-line message if there is no process, or the signal cannot be
   *     sent
   */
  void signal(Signal signal) throws IOException {
    Optional<ProcessIdentity> target;
    synchronized (this) {
      target = identity();
    }
    if (target.isEmpty() || !signals.send(target.get(), signal)) {
      throw new IOException(launch.node() + " has no process to send SIG" + signal + " to");
    }
  }

  /** Completes when the process has ended; at once if there is none. */
  synchronized CompletableFuture<Void> gone() {
    return last.map(running -> running.process().onExit().<Void>thenApply(ended -> null))
        .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  /** Why it ended: its exit status and the last lines it wrote since it was started. */
  synchronized String obituary() {
    return last.map(
            running ->
                launch.node()
                    + " at "
                    + launch.address()
                    + end(running.process())
                    + "; its last lines ("
                    + launch.log()
                    + "):\n"
                    + tail(launch.log(), running.logStart()))
        .orElse(launch.node() + " was never started");
  }

  /** A process can be gone a moment before its exit status has been fetched. */
  private String end(Process process) {
    if (state() == NodeStatus.State.DEAD) {
      try {
        if (process.waitFor(STATUS_SECONDS, TimeUnit.SECONDS)) {
          return " exited with status " + process.exitValue();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return " has ended";
  }

  private static String tail(Path log, long start) {
    try {
      byte[] content = Files.readAllBytes(log);
      int from = (int) Math.min(start, content.length);
      String text = new String(content, from, content.length - from, StandardCharsets.UTF_8);
      String[] lines = text.strip().split("\\R");
      int first = Math.max(0, lines.length - LOG_LINES);
      return String.join("\n", java.util.Arrays.asList(lines).subList(first, lines.length));
    } catch (IOException e) {
      return "(" + log + " cannot be read: " + e.getMessage() + ")";
    }
  }
}
