package io.shardquake.node.core.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Functions are data: they are kept as keys are. */
final class FunctionsStoryTest {
  private static final String LOAD =
      "FUNCTION LOAD \"#!lua name=greetings\\n"
          + "redis.register_function('greet', function(keys, args) return args[1] end)\"";

  private final MemoryDisk disk = new MemoryDisk();

  @Test
  void aSnapshotHasThem() {
    Rig node = Rig.started(disk);
    assertThat(node.ask(LOAD)).isEqualTo("$9 greetings");
    node.sends("SAVE");
    node.settle();
    assertThat(node.heard()).isEqualTo("+OK");
    assertThat(Rig.started(disk).ask("FCALL greet 0 hello")).isEqualTo("$5 hello");
  }

  @Test
  void theLogHasThem() {
    Rig node = Rig.started(disk, "appendonly", "yes");
    node.ask(LOAD);
    assertThat(Rig.started(disk, "appendonly", "yes").ask("FCALL greet 0 hello"))
        .isEqualTo("$5 hello");
  }

  @Test
  void aRewrittenLogOfCommandsHasThem() {
    Rig node = Rig.started(disk, "appendonly", "yes", "aof-use-rdb-preamble", "no");
    node.ask(LOAD);
    node.ask("BGREWRITEAOF");
    node.settle();
    Rig next = Rig.started(disk, "appendonly", "yes");
    assertThat(next.ask("FCALL greet 0 hello")).isEqualTo("$5 hello");
    assertThat(next.ask("FUNCTION FLUSH")).isEqualTo("+OK");
    assertThat(Rig.started(disk, "appendonly", "yes").ask("FCALL greet 0 x"))
        .isEqualTo("-ERR Function not found");
  }

  @Test
  void aScriptsEffectsAreLoggedNotTheScript() {
    Rig node = Rig.started(disk, "appendonly", "yes", "appendfsync", "always");
    node.ask("EVAL \"redis.call('set', KEYS[1], 1) return redis.call('incr', KEYS[1])\" 1 a");
    String log =
        new String(disk.file("appendonlydir/appendonly.aof.1.incr.aof"), StandardCharsets.UTF_8);
    assertThat(log.replace("\r\n", " "))
        .endsWith("*1 $5 MULTI *3 $3 set $1 a $1 1 *2 $4 incr $1 a *1 $4 EXEC ")
        .doesNotContain("EVAL");
  }
}
