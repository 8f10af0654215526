package io.shardquake.harness.target;

import io.shardquake.faults.process.ProcessIdentity;
import java.util.Optional;

/**
 * One start of a process in a {@link ProcessLedger}. It is written down twice: before the process
 * is started, for the harness may be killed before it learns the process's number, and again as
 * soon as the number is known.
 *
 * @param node the harness's name of the node
 * @param directory that the process works in; no other process does
 * @param executable that it runs
 * @param atMillis when it was started, in milliseconds since 1970
 * @param process the process, once it is known
 */
record LedgerEntry(
    String node,
    String directory,
    String executable,
    long atMillis,
    Optional<ProcessIdentity> process) {

  LedgerEntry withProcess(ProcessIdentity process) {
    return new LedgerEntry(node, directory, executable, atMillis, Optional.of(process));
  }

  /** Whether both tell of the same start. */
  boolean isSameStart(LedgerEntry other) {
    return node.equals(other.node) && atMillis == other.atMillis;
  }
}
