package io.shardquake.faults.disk;

import java.util.concurrent.CompletionStage;

/**
 * The files of one node. They may be changed only while the node has no process. Every method
 * returns at once; what a stage completes with says in words what was done, and a stage that fails
 * carries a one-line reason. Thread-safe.
 */
public interface NodeFiles {
  /**
   * Cuts bytes off the end of the append-only file, as a crash in the middle of a write would.
   * Fails if it has not that many.
   */
  CompletionStage<String> cutLog(int bytes);

  /** Takes {@code nodes.conf} away, and keeps it. */
  CompletionStage<String> removeConfiguration();

  /**
   * Puts {@code nodes.conf} back as it was when the cluster was formed, and keeps the present one.
   * Fails if it has not changed since.
   */
  CompletionStage<String> ageConfiguration();

  /** Puts {@code nodes.conf} back as it was before it was taken away. */
  CompletionStage<String> restoreConfiguration();

  /**
   * Shortens every file of the append-only log to what had been synced, as a power cut would. Needs
   * a {@link Shim}, which knows.
   */
  CompletionStage<String> loseUnsynced();
}
