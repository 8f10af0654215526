package io.shardquake.harness.target;

import io.shardquake.faults.NodeStatus;
import io.shardquake.faults.process.ProcessIdentity;
import io.shardquake.faults.process.ProcessTable;
import io.shardquake.faults.process.Signal;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes of one run: written down before they start, ended together, at the latest when the
 * JVM shuts down. Thread-safe.
 */
final class ProcessGroup implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessGroup.class);
  private static final Duration TERM_LIMIT = Duration.ofSeconds(3);
  private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

  private final ProcessTable table = ProcessTable.ofThisMachine();
  private final ProcessLedger ledger;
  private final DetachedCommand detached;
  private final List<ServerProcess> processes = new ArrayList<>();
  private final List<AddressClaim> claims = new ArrayList<>();
  private final Thread hook;

  private ProcessGroup(Path directory, DetachedCommand detached) throws IOException {
    ProcessIdentity self =
        table
            .find(ProcessHandle.current().pid())
            .orElseThrow(() -> new IOException("the operating system does not list this process"));
    this.ledger = ProcessLedger.create(directory, self);
    this.detached = detached;
    this.hook = new Thread(this::close, "end-servers");
  }

  /**
   * @param directory where to write down what is started
   */
  static ProcessGroup open(Path directory, DetachedCommand detached) throws IOException {
    ProcessGroup group = new ProcessGroup(directory, detached);
    Runtime.getRuntime().addShutdownHook(group.hook);
    return group;
  }

  /**
   * Adds a process without starting it, and claims its address.
   *
   * @throws BindException if another run has claimed it
   */
  synchronized ServerProcess add(NodeLaunch launch) throws IOException {
    claims.add(AddressClaim.of(launch.place().own()));
    ServerProcess process = new ServerProcess(launch, ledger, table, detached);
    processes.add(process);
    return process;
  }

  /** Ends all processes and forgets them. */
  synchronized void clear() {
    processes.forEach(process -> signal(process, Signal.TERM));
    processes.stream()
        .filter(process -> process.status().state() == NodeStatus.State.PAUSED)
        .forEach(process -> signal(process, Signal.CONT));
    if (!awaitGone(TERM_LIMIT)) {
      processes.forEach(process -> signal(process, Signal.KILL));
      if (!awaitGone(KILL_LIMIT)) {
        LOG.error(
            "processes survive SIGKILL: {}", processes.stream().map(p -> p.status()).toList());
        return;
      }
    }
    processes.clear();
    claims.forEach(ProcessGroup::release);
    claims.clear();
  }

  private static void release(AddressClaim claim) {
    try {
      claim.close();
    } catch (IOException e) {
      LOG.debug("an address stays claimed until this process ends: {}", e.getMessage());
    }
  }

  private static void signal(ServerProcess process, Signal signal) {
    if (process.status().state() == NodeStatus.State.DEAD) {
      return;
    }
    try {
      process.signal(signal);
    } catch (IOException e) {
      LOG.debug("{}", e.getMessage());
    }
  }

  private boolean awaitGone(Duration limit) {
    return CompletableFuture.allOf(
            processes.stream().map(ServerProcess::gone).toArray(CompletableFuture[]::new))
        .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .handle((ended, late) -> late == null)
        .join();
  }

  /** Ends all processes; returns when they are gone. Idempotent. */
  @Override
  public synchronized void close() {
    // First, so that a start that comes at the same time is refused or seen here.
    ledger.seal();
    clear();
    if (!processes.isEmpty()) {
      return;
    }
    try {
      ledger.remove();
    } catch (IOException e) {
      LOG.warn("cannot remove the record of started processes: {}", e.getMessage());
    }
    if (Thread.currentThread() != hook) {
      removeHook();
    }
  }

  private void removeHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      LOG.trace("the hook runs already and will find nothing to do");
    }
  }
}
