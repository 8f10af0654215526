package io.shardquake.harness.cli.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shardquake.harness.cli.Console;
import io.shardquake.harness.cli.DurationConverter;
import io.shardquake.harness.cli.ExitCode;
import io.shardquake.harness.cli.UsageException;
import io.shardquake.harness.cluster.check.CheckReport;
import io.shardquake.harness.cluster.fix.ClusterFix;
import io.shardquake.harness.cluster.fix.RescueFile;
import io.shardquake.harness.cluster.move.MoveSettings;
import io.shardquake.harness.cluster.state.ClusterSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code shardquake cluster fix}. */
@Command(
    name = "fix",
    description = {
      "Repairs a cluster, also while clients write. No acknowledged write is overwritten and no key"
          + " is lost: where two copies of a key differ, the one that was being served stays, and"
          + " the other goes into a file that 'cluster restore' reads."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class FixCommand extends ClusterVerb {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  @Option(
      names = "--rescue",
      paramLabel = "FILE",
      description =
          "Where copies go that cannot stay. (Default: rescue-TIME.jsonl in this directory; only"
              + " written if there are any.)")
  Optional<Path> rescue = Optional.empty();

  @Option(
      names = "--without-absent",
      description = "Give up what only nodes hold that cannot be reached.")
  boolean withoutAbsent;

  @Option(
      names = "--failover-limit",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = DurationConverter.class,
      description =
          "How long to wait for replicas to take over from masters that are gone. (Default:"
              + " ${DEFAULT-VALUE}.)")
  Duration failoverLimit = Duration.ZERO;

  FixCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode perform(ClusterSession session, Narration narration) throws Exception {
    Path path = rescue.orElseGet(() -> Path.of("rescue-" + STAMP.format(Instant.now()) + ".jsonl"));
    Path parent = Optional.ofNullable(path.toAbsolutePath().getParent()).orElse(path);
    if (!Files.isWritable(Files.exists(path) ? path : parent)) {
      throw new UsageException(
          "copies of keys could not be kept in "
              + path
              + ", which cannot be written: name another"
              + " with --rescue");
    }
    RescueFile file = new RescueFile(path);
    ClusterFix.Settings settings =
        new ClusterFix.Settings(withoutAbsent, failoverLimit, MoveSettings.DEFAULT);
    CheckReport report = new ClusterFix(session, settings, file, narration::line).run();
    narration.line(">>> Performing Cluster Check (using node " + session.seed() + ")");
    narration.lines(CheckText.of(report));
    if (file.count() > 0) {
      narration.line(
          "[WARNING] of "
              + file.count()
              + " keys that were on two nodes with different values, the copy that was not being"
              + " served is in "
              + path
              + ": 'cluster restore "
              + session.seed()
              + " "
              + path
              + "' puts it back");
    }
    ObjectNode result = narration.object();
    CheckText.json(report, result);
    result.put("whole", report.isWhole());
    result.put("rescued", file.count());
    if (file.count() > 0) {
      result.put("rescueFile", path.toString());
    }
    narration.result(result);
    return report.isWhole() ? ExitCode.VALID : ExitCode.INVALID;
  }
}
