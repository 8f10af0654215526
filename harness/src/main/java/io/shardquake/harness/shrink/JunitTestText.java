package io.shardquake.harness.shrink;

import io.shardquake.harness.campaign.Fingerprint;
import java.nio.file.Path;

/** The source of a JUnit test that fails as long as a failure can be reproduced. */
public final class JunitTestText {
  /** The name of the file, which is that of the class. */
  public static final String FILE = "ShrunkTest.java";

  private JunitTestText() {}

  /**
   * The source.
   *
   * @param directory that holds {@code experiment.json} and {@code simulation.json}
   * @param fingerprint of the failure
   */
  public static String of(Path directory, Fingerprint fingerprint) {
    return """
    import static org.junit.jupiter.api.Assertions.assertEquals;

    import io.shardquake.checkers.Validity;
    import io.shardquake.harness.shrink.Reproduction;
    import io.shardquake.harness.sim.SimResult;
    import java.nio.file.Path;
    import org.junit.jupiter.api.Test;

    /** Simulates what once failed with "%s", made as small as possible. */
    final class ShrunkTest {
      private static final Path RUN = Path.of("%s");

      @Test
      void doesNotFailAgain() throws Exception {
        SimResult result = Reproduction.read(RUN).run();
        assertEquals(Validity.VALID, result.verdict().validity(), result.verdict().reason());
      }
    }
    """
        .formatted(
            fingerprint.toString().replace("*/", "* /"),
            directory.toAbsolutePath().toString().replace("\\", "\\\\").replace("\"", "\\\""));
  }
}
