package io.shardquake.harness.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Validity;
import io.shardquake.harness.shrink.Reproduction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Simulates again whatever once failed because something was wrong with Shardquake: a node, a
 * client, a checker or the simulator. {@code docs/track-record.md} tells what it was.
 *
 * <p>Each is kept as the run directory that {@code sim} made, not as a seed: what a seed stands for
 * changes with every new kind of fault.
 */
final class VaultTest {
  private static final Path VAULT =
      Path.of(System.getProperty("shardquake.root", ".."), "harness/src/test/vault");

  static List<Path> runs() throws IOException {
    try (Stream<Path> runs = Files.list(VAULT)) {
      return runs.filter(Files::isDirectory).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("runs")
  void whatOnceFailedFailsNoMore(Path run) throws Exception {
    SimResult result = Reproduction.read(run).run();
    assertThat(result.verdict().validity())
        .as("%s: %s", run.getFileName(), result.verdict().reason())
        .isEqualTo(Validity.VALID);
  }
}
