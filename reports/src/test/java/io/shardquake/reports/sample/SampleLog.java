package io.shardquake.reports.sample;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** What the servers of a {@link SampleCluster} might have logged. */
record SampleLog(String node, String text) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd MMM uuuu HH:mm:ss.SSS", Locale.ENGLISH)
          .withZone(ZoneId.systemDefault());

  static List<SampleLog> all(Instant start) {
    return List.of(
        new SampleLog(
            "n1",
            line(start, 200, 4711, 'M', "* Ready to accept connections")
                + line(start, 27_100, 4890, 'M', "* DB loaded from append only file: 0.012 seconds")
                + line(
                    start,
                    27_390,
                    4890,
                    'M',
                    "# Configuration change detected. Reconfiguring"
                        + " myself as a replica of 4444444444444444444444444444444444444444")),
        new SampleLog(
            "n4",
            line(start, 12_010, 4714, 'S', "* Connection with master lost.")
                + line(start, 14_210, 4714, 'S', "* FAIL message received about 1111111111")
                + line(start, 14_300, 4714, 'S', "# Start of election delayed for 540 milliseconds")
                + line(start, 14_870, 4714, 'S', "# Starting a failover election for epoch 7.")
                + line(start, 14_895, 4714, 'S', "# Failover election won: I'm the new master.")
                + "a line without a time <script>window.pwned = true</script>\n"),
        new SampleLog(
            "n5", line(start, 35_790, 4715, 'S', "# Failover election won: I'm the new master.")));
  }

  private static String line(Instant start, long millis, int pid, char role, String message) {
    return "%d:%c %s %s%n".formatted(pid, role, TIME.format(start.plusMillis(millis)), message);
  }
}
