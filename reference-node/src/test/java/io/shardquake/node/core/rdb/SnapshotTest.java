package io.shardquake.node.core.rdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.keyspace.Keyspace;
import io.shardquake.node.core.value.StringValue;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What a snapshot shows, and what the loader makes of it. */
final class SnapshotTest {
  private static final SnapshotInfo INFO = SnapshotInfo.at(1_700_000_000_000L);

  private static void fill(Databases databases, int keys) {
    for (int i = 0; i < keys; i++) {
      Keyspace keyspace = databases.get(i % databases.count());
      keyspace.put(Samples.bytes("key" + i), Samples.value(i));
      if (i % 3 == 0) {
        keyspace.expireAt(Samples.bytes("key" + i), 1_800_000_000_000L + i);
      }
    }
  }

  private static Databases load(byte[] file, boolean clusterEnabled, int piece) throws CorruptRdb {
    Databases databases = Samples.databases(clusterEnabled);
    RdbLoader loader = new RdbLoader(databases, Samples.LIMITS, OptionalLong.empty());
    for (int at = 0; at < file.length; at += piece) {
      loader.feed(Arrays.copyOfRange(file, at, Math.min(file.length, at + piece)));
      while (loader.load(100)) {
        assertThat(loader.isComplete()).isFalse();
      }
    }
    assertThat(loader.isComplete()).isTrue();
    return databases;
  }

  @Property(tries = 100)
  void isReadBackHoweverItIsCut(
      @ForAll boolean clusterEnabled,
      @ForAll @IntRange(max = 300) int keys,
      @ForAll @IntRange(min = 1, max = 400) int piece)
      throws CorruptRdb {
    Databases databases = Samples.databases(clusterEnabled);
    fill(databases, keys);
    byte[] file = Samples.file(new Snapshot(databases, INFO), piece);
    assertThat(Samples.describe(load(file, clusterEnabled, piece)))
        .isEqualTo(Samples.describe(databases));
  }

  @Property(tries = 300)
  void showsTheMomentOfItsStartWhateverChangesMeanwhile(
      @ForAll boolean clusterEnabled, @ForAll long seed) throws CorruptRdb {
    SplittableRandom random = new SplittableRandom(seed);
    Databases databases = Samples.databases(clusterEnabled);
    fill(databases, random.nextInt(200));
    Map<String, String> before = Samples.describe(databases);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (Snapshot snapshot = new Snapshot(databases, INFO)) {
      while (!snapshot.isComplete()) {
        file.writeBytes(snapshot.next(1 + random.nextInt(200)));
        for (int i = random.nextInt(40); i > 0; i--) {
          change(databases.get(random.nextInt(databases.count())), random);
        }
      }
    }
    assertThat(Samples.describe(load(file.toByteArray(), clusterEnabled, 50))).isEqualTo(before);
  }

  private static void change(Keyspace keyspace, SplittableRandom random) {
    byte[] key = Samples.bytes("key" + random.nextInt(300));
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> keyspace.remove(key);
      case 3, 4, 5 -> keyspace.put(key, Samples.value(random.nextInt()));
      case 6 -> keyspace.persist(key);
      case 7 -> {
        if (keyspace.get(key) != null) {
          keyspace.expireAt(key, 1_900_000_000_000L);
        }
      }
      case 8, 9, 10 -> {
        if (keyspace.getToChange(key) instanceof StringValue string) {
          string.modify(Samples.bytes("changed in place"));
          keyspace.touch(key);
        }
      }
      default -> {
        if (random.nextInt(10) == 0) {
          keyspace.clear();
        } else {
          keyspace.clearPart(random.nextInt(keyspace.parts()));
        }
      }
    }
  }

  @Test
  void saysWhereItStandsInAReplicationStream() throws CorruptRdb {
    var point = new SnapshotInfo.ReplicationPoint(3, "a".repeat(40), 12345);
    byte[] file =
        Samples.file(
            new Snapshot(Samples.databases(false), new SnapshotInfo(0, Optional.of(point), false)),
            1000);
    RdbLoader loader =
        new RdbLoader(Samples.databases(false), Samples.LIMITS, OptionalLong.empty());
    loader.feed(file);
    loader.load(1000);
    assertThat(loader.isComplete()).isTrue();
    assertThat(loader.aux())
        .containsEntry("repl-stream-db", "3")
        .containsEntry("repl-id", "a".repeat(40))
        .containsEntry("repl-offset", "12345")
        .containsEntry("redis-ver", "7.0.15");
  }

  @Test
  void leavesOutWhatExpiredBeforeIfAsked() throws CorruptRdb {
    Databases databases = Samples.databases(false);
    databases.get(0).put(Samples.bytes("old"), Samples.value(0));
    databases.get(0).expireAt(Samples.bytes("old"), 999);
    databases.get(0).put(Samples.bytes("new"), Samples.value(0));
    databases.get(0).expireAt(Samples.bytes("new"), 1000);
    byte[] file = Samples.file(new Snapshot(databases, INFO), 1000);
    Databases loaded = Samples.databases(false);
    RdbLoader loader = new RdbLoader(loaded, Samples.LIMITS, OptionalLong.of(1000));
    loader.feed(file);
    loader.load(1000);
    assertThat(Samples.describe(loaded)).containsOnlyKeys("0:new");
  }

  @Test
  void givesBackWhatFollowsTheEnd() throws CorruptRdb {
    byte[] file = Samples.file(new Snapshot(Samples.databases(false), INFO), 1000);
    byte[] longer = Arrays.copyOf(file, file.length + 3);
    RdbLoader loader =
        new RdbLoader(Samples.databases(false), Samples.LIMITS, OptionalLong.empty());
    loader.feed(longer);
    loader.load(10_000);
    assertThat(loader.isComplete()).isTrue();
    assertThat(loader.rest()).hasSize(3);
  }

  @Test
  void refusesWhatIsNoRdbOfAVersionItKnows() {
    assertThatThrownBy(() -> loadAll(Samples.bytes("REDIS0011")))
        .hasMessage("Can't handle RDB format version 11");
    assertThatThrownBy(() -> loadAll(Samples.bytes("*1\r\n$4\r\nPING")))
        .hasMessage("Wrong signature trying to load DB from file");
  }

  @Test
  void refusesAWrongChecksumButTakesNone() throws CorruptRdb {
    Databases databases = Samples.databases(false);
    fill(databases, 5);
    byte[] file = Samples.file(new Snapshot(databases, INFO), 1000);
    file[file.length - 1] ^= 1;
    assertThatThrownBy(() -> loadAll(file)).hasMessageContaining("CRC");
    Arrays.fill(file, file.length - 8, file.length, (byte) 0);
    assertThat(loadAll(file).isComplete()).isTrue();
  }

  @Property(tries = 700)
  void damagedFilesAreReadOrRefused(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Databases databases = Samples.databases(false);
    fill(databases, 12);
    byte[] file = Samples.file(new Snapshot(databases, INFO), 1000);
    for (int i = 0; i <= random.nextInt(4); i++) {
      file[9 + random.nextInt(file.length - 9)] = (byte) random.nextInt();
    }
    try {
      loadAll(
          Arrays.copyOf(file, random.nextInt(3) == 0 ? random.nextInt(file.length) : file.length));
    } catch (CorruptRdb complaint) {
      assertThat(complaint.getMessage()).isNotEmpty();
    }
  }

  private static RdbLoader loadAll(byte[] file) throws CorruptRdb {
    RdbLoader loader =
        new RdbLoader(Samples.databases(false), Samples.LIMITS, OptionalLong.empty());
    loader.feed(file);
    while (loader.load(1000)) {
      assertThat(loader.isComplete()).isFalse();
    }
    return loader;
  }
}
