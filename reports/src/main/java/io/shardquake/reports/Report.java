package io.shardquake.reports;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Verdict;
import java.io.IOException;
import java.nio.file.Path;

/** One rendering of a verdict as a file. Implementations are stateless and thread-safe. */
public interface Report {
  /** The name under which the file lies in a run directory ({@code report.html}). */
  String fileName();

  /**
   * Renders into {@code file}, which is replaced as a whole or, if this fails, left as it was.
   *
   * @throws IOException if the file cannot be written; its message names the file
   */
  void write(RunSummary run, Evidence evidence, Verdict verdict, Path file) throws IOException;
}
