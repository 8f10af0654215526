package io.shardquake.harness.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.shardquake.harness.netns.OwnNamespace;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@link PartitionsIT} once more, where a packet filter cuts links instead of the proxy. */
@Tag("redis")
@Timeout(300)
final class PacketFilterIT {
  @Test
  void partitionsOfPacketsAreAsThoseOfConnections() throws Exception {
    Redis.assumeInstalled();
    assumeTrue(
        OwnNamespace.missing().isEmpty(), () -> "SKIPPED: " + OwnNamespace.missing().orElse(""));
    Process tests = TestsInNamespace.launch(PartitionsIT.class);
    try {
      String told = new String(tests.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(tests.waitFor()).as(told).isZero();
      assertThat(told).contains("6 passed");
    } finally {
      tests.destroyForcibly();
    }
  }
}
