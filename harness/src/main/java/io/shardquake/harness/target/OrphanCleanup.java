package io.shardquake.harness.target;

import io.shardquake.faults.process.ProcessIdentity;
import io.shardquake.faults.process.ProcessSignals;
import io.shardquake.faults.process.ProcessState;
import io.shardquake.faults.process.ProcessTable;
import io.shardquake.faults.process.Signal;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what harnesses that were killed have left running, and nothing else: a process is ended only
 * if its run wrote down its number and its start, both still match, and the harness that started it
 * is gone. Runs of harnesses that are alive are left alone.
 *
 * <p>A harness may die between starting a process and learning its number. Such a process is known
 * by the directory that it works in and the executable that it runs, both written down before, and
 * by having started at that time; this needs {@code /proc}.
 */
public final class OrphanCleanup {
  private static final Logger LOG = LoggerFactory.getLogger(OrphanCleanup.class);
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration START_TOLERANCE = Duration.ofSeconds(10);

  private final ProcessTable table;
  private final ProcessSignals signals;

  private OrphanCleanup(ProcessTable table) {
    this.table = table;
    this.signals = new ProcessSignals(table);
  }

  /**
   * Cleans up behind all runs in a directory.
   *
   * @param runsDirectory whose children are the directories of the runs; need not exist
   * @return what was done or could not be done, one line for people each; empty if nothing was to
   *     be done
   */
  public static List<String> sweep(Path runsDirectory) throws InterruptedException {
    List<String> report =
        new ArrayList<>(new OrphanCleanup(ProcessTable.ofThisMachine()).sweepAll(runsDirectory));
    report.addAll(ContainerLedger.sweep(runsDirectory));
    return report;
  }

  private List<String> sweepAll(Path runsDirectory) throws InterruptedException {
    List<String> report = new ArrayList<>();
    for (Path ledger : ledgers(runsDirectory, report)) {
      try {
        sweepRun(ledger, report);
      } catch (NoSuchFileException removedMeanwhile) {
        LOG.debug("{}: its harness ended in good order, or somebody else swept it", ledger);
      } catch (IOException e) {
        report.add("left alone: " + ledger + " cannot be read: " + firstLine(e));
      }
    }
    return report;
  }

  private static List<Path> ledgers(Path runsDirectory, List<String> report) {
    if (!Files.isDirectory(runsDirectory)) {
      return List.of();
    }
    try (Stream<Path> runs = Files.list(runsDirectory)) {
      return runs.filter(run -> !Files.isSymbolicLink(run))
          .map(run -> run.resolve(ProcessLedger.FILE_NAME))
          .filter(Files::exists)
          .sorted()
          .toList();
    } catch (IOException e) {
      report.add("left alone: " + runsDirectory + " cannot be listed: " + firstLine(e));
      return List.of();
    }
  }

  private void sweepRun(Path ledger, List<String> report) throws IOException, InterruptedException {
    ProcessLedger.Contents contents = ProcessLedger.read(ledger);
    if (table.state(contents.harness()) != ProcessState.DEAD) {
      return;
    }
    boolean allGone = true;
    for (LedgerEntry start : contents.starts()) {
      Optional<ProcessIdentity> orphan = start.process().or(() -> unrecorded(start));
      if (orphan.isPresent()) {
        allGone &= end(start.node(), orphan.get(), ledger.getParent(), report);
      }
    }
    if (allGone) {
      Files.deleteIfExists(ledger);
    }
  }

  /** The process of a start whose number the harness could not write down any more. */
  private Optional<ProcessIdentity> unrecorded(LedgerEntry start) {
    return ProcessHandle.allProcesses()
        .filter(process -> isOf(start, process))
        .findFirst()
        .flatMap(process -> table.find(process.pid()));
  }

  private static boolean isOf(LedgerEntry start, ProcessHandle process) {
    ProcessHandle.Info info = process.info();
    boolean inTime =
        info.startInstant()
            .map(at -> Duration.between(Instant.ofEpochMilli(start.atMillis()), at).abs())
            .filter(distance -> distance.compareTo(START_TOLERANCE) < 0)
            .isPresent();
    return inTime
        && info.command().filter(command -> isSameFile(command, start.executable())).isPresent()
        && isSameFile("/proc/" + process.pid() + "/cwd", start.directory());
  }

  private static boolean isSameFile(String one, String other) {
    try {
      return Files.isSameFile(Path.of(one), Path.of(other));
    } catch (IOException unreadable) {
      return false;
    }
  }

  private boolean end(String node, ProcessIdentity process, Path run, List<String> report)
      throws InterruptedException {
    String what = node + " (process " + process.pid() + "), left over from " + run;
    try {
      if (!signals.send(process, Signal.KILL)) {
        return true;
      }
      Readiness.await(
          LIMIT,
          () ->
              table.state(process) == ProcessState.DEAD
                  ? Optional.empty()
                  : Optional.of("it survived SIGKILL"));
      report.add("ended " + what);
      return true;
    } catch (IOException | ClusterException e) {
      report.add("could not end " + what + ": " + firstLine(e));
      return false;
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
  }
}
