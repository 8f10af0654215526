package io.shardquake.harness.cli.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shardquake.harness.cli.Console;
import io.shardquake.harness.cli.ExitCode;
import io.shardquake.harness.cli.UsageException;
import io.shardquake.harness.cluster.fix.RescueFile;
import io.shardquake.harness.cluster.fix.RescueRestore;
import io.shardquake.harness.cluster.move.KeyText;
import io.shardquake.harness.cluster.state.ClusterSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shardquake cluster restore}. */
@Command(
    name = "restore",
    description = "Puts copies of keys back that 'cluster fix' has kept in a file.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RestoreCommand extends ClusterVerb {
  @Parameters(index = "1", paramLabel = "FILE", description = "What 'cluster fix' has written.")
  Path file = Path.of("");

  @Option(
      names = "--replace",
      description = "Replace keys that exist. (Default: they stay, and are named.)")
  boolean replace;

  @Option(
      names = "--suffix",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Append this to the name of each key, to compare it with the one there is.")
  String suffix = "";

  RestoreCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode perform(ClusterSession session, Narration narration) throws Exception {
    if (!Files.isRegularFile(file)) {
      throw new UsageException(file + " does not exist");
    }
    List<RescueFile.Copy> copies = RescueFile.read(file);
    RescueRestore.Existing existing =
        replace ? RescueRestore.Existing.IS_REPLACED : RescueRestore.Existing.STAYS;
    RescueRestore.Outcome outcome = new RescueRestore(existing, suffix).run(session, copies);
    List<String> present = outcome.present().stream().map(KeyText::of).toList();
    narration.line("[OK] " + outcome.restored() + " of " + copies.size() + " copies restored.");
    if (!present.isEmpty()) {
      narration.line(
          "[WARNING] These keys exist, and stayed as they are (--replace replaces them, --suffix"
              + " restores beside them):");
      present.forEach(key -> narration.line("   " + key));
    }
    ObjectNode result = narration.object();
    result.put("restored", outcome.restored());
    present.forEach(result.putArray("present")::add);
    narration.result(result);
    return ExitCode.VALID;
  }
}
