package io.shardquake.node.core.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.node.core.Input;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What is on disk when, and what a node makes of it in its next life. */
final class PersistenceStoryTest {
  private static final String DIRECTORY = "appendonlydir/";
  private static final String MANIFEST = DIRECTORY + "appendonly.aof.manifest";
  private static final String FIRST = DIRECTORY + "appendonly.aof.1.incr.aof";
  private static final String SECOND = DIRECTORY + "appendonly.aof.2.incr.aof";

  private final MemoryDisk disk = new MemoryDisk();

  private Rig logging() {
    return Rig.started(disk, "appendonly", "yes", "appendfsync", "always");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String text(String file) {
    return new String(disk.file(file), StandardCharsets.UTF_8).replace("\r\n", " ");
  }

  @Test
  void aFreshLogHasAnEmptyBaseAndOneIncrement() {
    logging();
    assertThat(text(MANIFEST))
        .isEqualTo(
            """
            file appendonly.aof.1.base.rdb seq 1 type b
            file appendonly.aof.1.incr.aof seq 1 type i
            """);
    assertThat(disk.file(DIRECTORY + "appendonly.aof.1.base.rdb")).startsWith(bytes("REDIS0010"));
    assertThat(disk.file(FIRST)).isEmpty();
  }

  @Test
  void whatIsAnsweredIsInTheLog() {
    Rig node = logging();
    assertThat(node.ask("RPUSH a x")).isEqualTo(":1");
    assertThat(text(FIRST)).isEqualTo("*2 $6 SELECT $1 0 *3 $5 RPUSH $1 a $1 x ");
    assertThat(Rig.started(disk, "appendonly", "yes").ask("LRANGE a 0 -1")).isEqualTo("*1 $1 x");
  }

  @Test
  void aMasterTakesSlotsThatNobodyOwnsOfWhichItHasKeys() {
    String[] settings = {"appendonly", "yes", "appendfsync", "always", "cluster-enabled", "yes"};
    Rig node = Rig.started(disk, settings);
    node.ask("CLUSTER ADDSLOTSRANGE 0 16383");
    node.passes(5000);
    assertThat(node.ask("RPUSH a x")).isEqualTo(":1");

    // No nodes.conf is read here: the node knows of no slot.
    Rig again = Rig.started(disk, settings);

    assertThat(again.log())
        .contains("I have keys for unassigned slot 15495. Taking responsibility for it.");
    assertThat(again.ask("CLUSTER NODES")).endsWith("connected 15495");
  }

  @Test
  void answersThatItIsLoadingUntilItHasLoaded() {
    logging().ask("RPUSH a x");
    Rig node = new Rig(disk, "appendonly", "yes");
    assertThat(node.ask("LLEN a")).isEqualTo("-LOADING Redis is loading the dataset in memory");
    assertThat(node.ask("INFO persistence")).contains("loading:1");
    node.settle();
    assertThat(node.ask("LLEN a")).isEqualTo(":1");
  }

  @Test
  void aRewriteReplacesTheFilesBesideTheTraffic() {
    Rig node = logging();
    node.ask("RPUSH a x");
    assertThat(node.ask("BGREWRITEAOF"))
        .isEqualTo("+Background append only file rewriting started");
    assertThat(node.ask("BGREWRITEAOF"))
        .isEqualTo("-ERR Background append only file rewriting already in progress");
    assertThat(text(MANIFEST)).contains("1.base.rdb", "1.incr.aof", "2.incr.aof");
    node.ask("RPUSH a y");
    node.settle();
    assertThat(text(MANIFEST))
        .isEqualTo(
            """
            file appendonly.aof.2.base.rdb seq 2 type b
            file appendonly.aof.2.incr.aof seq 2 type i
            """);
    assertThat(text(SECOND)).isEqualTo("*2 $6 SELECT $1 0 *3 $5 RPUSH $1 a $1 y ");
    assertThat(disk.files())
        .containsOnlyKeys(MANIFEST, DIRECTORY + "appendonly.aof.2.base.rdb", SECOND);
    assertThat(logging().ask("LRANGE a 0 -1")).isEqualTo("*2 $1 x $1 y");
  }

  @Test
  void aRewriteInTheMiddleOfATransactionBeginsAfterIt() {
    Rig node = logging();
    node.ask("MULTI");
    node.ask("RPUSH a x");
    node.ask("BGREWRITEAOF");
    node.ask("RPUSH a y");
    node.ask("EXEC");
    node.settle();
    assertThat(logging().ask("LRANGE a 0 -1")).isEqualTo("*2 $1 x $1 y");
  }

  @Test
  void rewritesAsCommandsIfAsked() {
    Rig node = Rig.started(disk, "appendonly", "yes", "aof-use-rdb-preamble", "no");
    node.ask("RPUSH a x");
    node.ask("HSET h f v");
    node.ask("SADD s m");
    node.ask("ZADD z 1.5 m");
    node.ask("BGREWRITEAOF");
    node.settle();
    assertThat(text(DIRECTORY + "appendonly.aof.2.base.aof"))
        .startsWith("*2 $6 SELECT $1 0 ")
        .contains("*3 $5 RPUSH $1 a $1 x ", "*4 $5 HMSET $1 h $1 f $1 v ")
        .contains("*3 $4 SADD $1 s $1 m ", "*4 $4 ZADD $1 z $3 1.5 $1 m ");
    assertThat(logging().ask("ZSCORE z m")).isEqualTo("$3 1.5");
  }

  @Test
  void theLogIsRewrittenWhenItHasDoubled() {
    Rig node = logging();
    node.configuration().set("auto-aof-rewrite-min-size", "1000");
    for (int i = 0; i < 100; i++) {
      node.ask("RPUSH a 0123456789");
    }
    node.passes(100);
    node.settle();
    assertThat(text(MANIFEST)).contains("2.base.rdb");
  }

  @Test
  void loggingCanBeSwitchedOnAndOffWhileTheNodeRuns() {
    Rig node = Rig.started(disk);
    node.ask("RPUSH a x");
    node.configuration().set("appendonly", "yes");
    node.ask("RPUSH a y");
    assertThat(disk.files()).doesNotContainKey(MANIFEST);
    node.settle();
    node.ask("RPUSH a z");
    assertThat(logging().ask("LRANGE a 0 -1")).isEqualTo("*3 $1 x $1 y $1 z");
    node.configuration().set("appendonly", "no");
    node.ask("RPUSH a unlogged");
    assertThat(logging().ask("LLEN a")).isEqualTo(":3");
  }

  @Test
  void aTornEndIsCutOff() {
    Rig node = logging();
    node.ask("RPUSH a x");
    byte[] whole = disk.file(FIRST);
    node.ask("RPUSH a y");
    byte[] longer = disk.file(FIRST);
    for (int length = whole.length + 1; length < longer.length; length++) {
      disk.files().put(FIRST, Arrays.copyOf(longer, length));
      Rig next = logging();
      assertThat(next.ask("LRANGE a 0 -1")).as("cut at %d", length).isEqualTo("*1 $1 x");
      assertThat(disk.file(FIRST)).as("cut at %d", length).isEqualTo(whole);
    }
  }

  @Test
  void aTransactionWithoutItsEndHasNotHappened() {
    Rig node = logging();
    node.ask("RPUSH a x");
    byte[] before = disk.file(FIRST);
    node.ask("MULTI");
    node.ask("RPUSH a y");
    node.ask("RPUSH a z");
    node.ask("EXEC");
    byte[] torn = disk.file(FIRST);
    disk.files().put(FIRST, Arrays.copyOf(torn, torn.length - 3));
    assertThat(logging().ask("LRANGE a 0 -1")).isEqualTo("*1 $1 x");
    assertThat(disk.file(FIRST)).isEqualTo(before);
  }

  @Test
  void aTornEndIsRefusedIfTheConfigurationSaysSo() {
    Rig node = logging();
    node.ask("RPUSH a x");
    disk.files().put(FIRST, Arrays.copyOf(disk.file(FIRST), 40));
    Rig next = Rig.started(disk, "appendonly", "yes", "aof-load-truncated", "no");
    assertThat(next.exit()).contains(1);
    assertThat(next.log()).anyMatch(line -> line.contains("see aof-load-truncated"));
  }

  @Test
  void whatIsNoLogIsRefusedWithItsPlace() {
    logging().ask("RPUSH a x");
    disk.files().put(FIRST, bytes("*1\r\n$4\r\nPING\r\n\0\0\0\0\0"));
    Rig next = logging();
    assertThat(next.exit()).contains(1);
    assertThat(next.log())
        .anyMatch(line -> line.contains("byte 0 where '*' has to be in the request at byte 14"));
    disk.files().put(FIRST, bytes("*1\r\n$5\r\nNOSUC\r\n"));
    assertThat(logging().log()).anyMatch(line -> line.contains("unknown command 'NOSUC'"));
    disk.files().remove(FIRST);
    assertThat(logging().log()).anyMatch(line -> line.contains("does not exist"));
  }

  @Test
  void remarksPingsAndSelectsAreNoDifference() {
    logging();
    disk.files()
        .put(
            FIRST,
            bytes(
                """
                #TS:1700000000
                *1
                $4
                ping
                *2
                $6
                SELECT
                $1
                3
                *3
                $5
                RPUSH
                $1
                a
                $1
                x
                """
                    .replace("\n", "\r\n")));
    Rig next = logging();
    next.ask("SELECT 3");
    assertThat(next.ask("LLEN a")).isEqualTo(":1");
  }

  @Test
  void takesASingleFileOfOldOver() {
    disk.files().put("appendonly.aof", bytes("*3\r\n$5\r\nRPUSH\r\n$1\r\na\r\n$1\r\nx\r\n"));
    Rig node = logging();
    assertThat(node.ask("LLEN a")).isEqualTo(":1");
    assertThat(text(MANIFEST))
        .isEqualTo(
            """
            file appendonly.aof seq 1 type b
            file appendonly.aof.1.incr.aof seq 1 type i
            """);
    assertThat(disk.files()).doesNotContainKey("appendonly.aof");
    node.ask("BGREWRITEAOF");
    node.settle();
    assertThat(text(MANIFEST)).startsWith("file appendonly.aof.2.base.rdb seq 2 type b\n");
  }

  @Test
  void finishesTakingOverWhatWasBrokenOff() {
    disk.files().put("appendonly.aof", bytes("*3\r\n$5\r\nRPUSH\r\n$1\r\na\r\n$1\r\nx\r\n"));
    disk.files().put(MANIFEST, bytes("file appendonly.aof seq 1 type b\n"));
    assertThat(logging().ask("LLEN a")).isEqualTo(":1");
  }

  @Test
  void savesWhatThereIsAtTheMoment() {
    Rig node = Rig.started(disk);
    node.ask("RPUSH a x");
    assertThat(node.ask("BGSAVE")).isEqualTo("+Background saving started");
    assertThat(node.ask("BGSAVE")).isEqualTo("-ERR Background save already in progress");
    node.ask("RPUSH a y");
    node.settle();
    assertThat(Rig.started(disk).ask("LRANGE a 0 -1")).isEqualTo("*1 $1 x");
    assertThat(node.ask("SAVE")).as("while it is being written").isEmpty();
    node.settle();
    assertThat(node.heard()).isEqualTo("+OK");
    assertThat(disk.files()).containsOnlyKeys("dump.rdb");
    assertThat(Rig.started(disk).ask("LRANGE a 0 -1")).isEqualTo("*2 $1 x $1 y");
  }

  @Test
  void savesWhenASavePointIsReached() {
    Rig node = Rig.started(disk, "save", "60 2");
    node.ask("RPUSH a x");
    node.passes(61_000);
    node.settle();
    assertThat(disk.files()).isEmpty();
    node.ask("RPUSH a y");
    node.passes(100);
    node.settle();
    assertThat(Rig.started(disk).ask("LLEN a")).isEqualTo(":2");
  }

  @Test
  void savesBeforeItEndsIfThereAreSavePoints() {
    Rig node = Rig.started(disk, "save", "3600 1");
    node.ask("RPUSH a x");
    node.happens(new Input.Terminate());
    assertThat(node.ask("RPUSH a lost")).as("nothing is acknowledged any more").isEmpty();
    assertThat(node.exit()).isEmpty();
    node.settle();
    assertThat(node.exit()).contains(0);
    assertThat(Rig.started(disk).ask("LRANGE a 0 -1")).isEqualTo("*1 $1 x");
  }

  @Test
  void refusesAnRdbThatIsTornOrBroken() {
    Rig node = Rig.started(disk);
    node.ask("RPUSH a x");
    node.ask("SAVE");
    node.settle();
    byte[] good = disk.file("dump.rdb");
    disk.files().put("dump.rdb", Arrays.copyOf(good, good.length - 1));
    assertThat(Rig.started(disk).log()).contains("dump.rdb cannot be used: it ends too early");
    byte[] flipped = good.clone();
    flipped[good.length - 10] ^= 1;
    disk.files().put("dump.rdb", flipped);
    assertThat(Rig.started(disk).exit()).contains(1);
  }

  @Test
  void tellsHowItStands() {
    Rig node = logging();
    node.ask("RPUSH a x");
    assertThat(node.ask("INFO persistence"))
        .contains("loading:0", "rdb_changes_since_last_save:1", "aof_enabled:1")
        .contains("rdb_last_bgsave_status:ok", "aof_last_write_status:ok");
    assertThat(node.ask("LASTSAVE")).isEqualTo(":1700000000");
  }
}
