package io.shardquake.node.core.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.node.core.defect.Defect;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the defects change that need a disk to show: each is tried without and with. */
final class DiskDefectsTest {
  private static final Set<Defect> NONE = Set.of();

  private static String afterDeath(Set<Defect> defects) {
    MemoryDisk disk = new MemoryDisk();
    Rig node = Rig.started(disk, defects, "appendonly", "yes", "appendfsync", "always");
    node.passes(5000);
    node.ask("SET a 1");
    node.passes(500);
    assertThat(node.ask("SET b 2")).isEqualTo("+OK");
    return Rig.started(disk, defects, "appendonly", "yes").ask("MGET a b");
  }

  @Test
  void acknowledgeBeforeAppendingLosesWhatWasAcknowledged() {
    assertThat(afterDeath(NONE)).isEqualTo("*2 $1 1 $1 2");
    assertThat(afterDeath(Set.of(Defect.ACKNOWLEDGE_BEFORE_APPENDING))).isEqualTo("*2 $1 1 $-1");
  }

  private static String afterRestart(Set<Defect> defects) {
    MemoryDisk disk = new MemoryDisk();
    Rig node = Rig.started(disk, "appendonly", "yes");
    for (int i = 1; i <= 20; i++) {
      node.ask("INCR counter");
    }
    return Rig.started(disk, defects, "appendonly", "yes").ask("GET counter");
  }

  @Test
  void dropAofTailForgetsTheLastCommands() {
    assertThat(afterRestart(NONE)).isEqualTo("$2 20");
    assertThat(afterRestart(Set.of(Defect.DROP_AOF_TAIL))).isEqualTo("$2 12");
  }

  private static String nodesConfOnDeath(Set<Defect> defects) {
    MemoryDisk disk = new MemoryDisk();
    Rig node = Rig.started(disk, defects, "cluster-enabled", "yes");
    node.passes(200);
    node.ask("CLUSTER ADDSLOTS 1 2 3");
    return new String(disk.file("nodes.conf"), StandardCharsets.UTF_8);
  }

  @Test
  void writeNodesConfInPlaceLeavesHalfOfIt() {
    assertThat(nodesConfOnDeath(NONE)).endsWith(" 1-3\nvars currentEpoch 0 lastVoteEpoch 0\n");
    String half = nodesConfOnDeath(Set.of(Defect.WRITE_NODES_CONF_IN_PLACE));
    assertThat(half).doesNotContain("vars");
    assertThat(nodesConfOnDeath(NONE)).hasSizeBetween(2 * half.length(), 2 * half.length() + 1);
  }
}
