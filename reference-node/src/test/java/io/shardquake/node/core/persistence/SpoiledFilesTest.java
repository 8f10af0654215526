package io.shardquake.node.core.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.node.core.fuzz.Mutation;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Files of redis-server 7.0.15, spoiled: a node that is started on them loads what is good, or
 * refuses to start and says why in its log.
 */
final class SpoiledFilesTest {
  private static final String MANIFEST = "appendonlydir/appendonly.aof.manifest";
  private static final String INCREMENT = "appendonlydir/appendonly.aof.1.incr.aof";
  private static final String GOOD_MANIFEST = "file appendonly.aof.1.incr.aof seq 1 type i\n";

  private static void assertStartsOrRefuses(Rig node) {
    if (node.exit().isPresent()) {
      assertThat(node.exit()).contains(1);
      assertThat(node.log())
          .anyMatch(line -> line.contains("cannot be used") || line.contains("broken"));
    } else {
      assertThat(node.ask("PING")).isEqualTo("+PONG");
    }
  }

  @Property(tries = 150)
  void aSpoiledRdbIsLoadedOrRefused(@ForAll long seed) {
    MemoryDisk disk = new MemoryDisk();
    byte[] good = Mutation.corpus("redis-7.0.15.rdb");
    disk.files().put("dump.rdb", Mutation.of(good, new SplittableRandom(seed)));
    assertStartsOrRefuses(Rig.started(disk));
  }

  @Property(tries = 150)
  void aSpoiledLogIsLoadedOrRefused(@ForAll long seed) {
    MemoryDisk disk = new MemoryDisk();
    byte[] good = Mutation.corpus("redis-7.0.15.aof");
    disk.files().put(MANIFEST, GOOD_MANIFEST.getBytes(StandardCharsets.US_ASCII));
    disk.files().put(INCREMENT, Mutation.of(good, new SplittableRandom(seed)));
    assertStartsOrRefuses(Rig.started(disk, "appendonly", "yes"));
  }

  @Property(tries = 150)
  void aSpoiledManifestIsReadOrRefused(@ForAll long seed) {
    MemoryDisk disk = new MemoryDisk();
    byte[] good = GOOD_MANIFEST.getBytes(StandardCharsets.US_ASCII);
    disk.files().put(MANIFEST, Mutation.of(good, new SplittableRandom(seed)));
    disk.files().put(INCREMENT, Mutation.corpus("redis-7.0.15.aof"));
    assertStartsOrRefuses(Rig.started(disk, "appendonly", "yes"));
  }
}
