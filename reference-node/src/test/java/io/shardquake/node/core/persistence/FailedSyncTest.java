package io.shardquake.node.core.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A disk that cannot sync the append-only file for a while. */
final class FailedSyncTest {
  private static final String REFUSAL =
      "-MISCONF Errors writing to the AOF file: Input/output error";

  private final MemoryDisk disk = new MemoryDisk();
  private Rig node;

  @BeforeEach
  void fail() {
    node = Rig.started(disk, "appendonly", "yes", "appendfsync", "everysec");
    disk.failSyncs("IOException: Input/output error");
    assertThat(node.ask("SET a 1")).isEqualTo("+OK");
    node.passes(2000);
    node.settle();
    assertThat(node.ask("PING")).isEqualTo(REFUSAL);
    assertThat(node.ask("SET a 2")).isEqualTo(REFUSAL);
  }

  @Test
  void theNextSyncThatSucceedsLetsItServeAgain() {
    disk.failSyncs("");
    node.passes(2000);
    node.settle();

    assertThat(node.ask("PING")).isEqualTo("+PONG");
    assertThat(node.ask("SET a 2")).isEqualTo("+OK");
  }

  @Test
  void aLogThatIsBegunAnewLetsItServeAgain() {
    disk.failSyncs("");
    assertThat(node.ask("CONFIG SET appendonly no")).isEqualTo("+OK");
    assertThat(node.ask("CONFIG SET appendonly yes")).isEqualTo("+OK");
    node.settle();
    node.passes(2000);
    node.settle();

    assertThat(node.ask("PING")).isEqualTo("+PONG");
    assertThat(node.ask("SET a 2")).isEqualTo("+OK");
  }
}
