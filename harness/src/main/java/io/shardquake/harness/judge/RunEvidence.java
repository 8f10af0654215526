package io.shardquake.harness.judge;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.faultlog.FaultLog;
import io.shardquake.checkers.faultlog.FaultLogReader;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.HistoryReader;
import io.shardquake.checkers.recording.Recorded;
import io.shardquake.checkers.topology.TopologyLog;
import io.shardquake.checkers.topology.TopologyLogReader;
import io.shardquake.harness.store.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run directory holds, read back: also that of a run whose harness was killed.
 *
 * @param remarks one line each on what was left out, such as a torn last line
 */
record RunEvidence(Evidence evidence, List<String> remarks) {
  RunEvidence {
    remarks = List.copyOf(remarks);
  }

  /**
   * Reads everything.
   *
   * @throws io.shardquake.checkers.recording.MalformedRecordingException if a file is not what its
   *     writer meant
   * @throws IOException if a file cannot be read
   */
  static RunEvidence read(RunDirectory directory) throws IOException {
    Recorded<History> history = HistoryReader.read(directory.history());
    // A harness that was killed early may not have got as far as these.
    Recorded<TopologyLog> topology =
        Files.exists(directory.topology())
            ? TopologyLogReader.read(directory.topology())
            : new Recorded<>(TopologyLog.EMPTY, List.of());
    Recorded<FaultLog> faults =
        Files.exists(directory.faults())
            ? FaultLogReader.read(directory.faults())
            : new Recorded<>(FaultLog.EMPTY, List.of());
    List<String> remarks = new ArrayList<>(history.remarks());
    remarks.addAll(topology.remarks());
    remarks.addAll(faults.remarks());
    return new RunEvidence(
        new Evidence(history.content(), topology.content(), faults.content()), remarks);
  }

  /** When the traffic began, since the start of the run. */
  long trafficStartNanos() {
    History history = evidence.history();
    return history.size() == 0 ? 0 : history.invocationTimeNanos(0);
  }

  /** When the last thing that was recorded happened, since the start of the run. */
  long endNanos() {
    long end = 0;
    History history = evidence.history();
    for (int row = 0; row < history.size(); row++) {
      long time =
          history.isCompleted(row)
              ? history.completionTimeNanos(row)
              : history.invocationTimeNanos(row);
      end = Math.max(end, time);
    }
    var samples = evidence.topology().samples();
    var events = evidence.faults().events();
    end = Math.max(end, samples.isEmpty() ? 0 : samples.get(samples.size() - 1).timeNanos());
    return Math.max(end, events.isEmpty() ? 0 : events.get(events.size() - 1).timeNanos());
  }
}
