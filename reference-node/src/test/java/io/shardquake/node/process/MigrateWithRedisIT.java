package io.shardquake.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.node.differential.RedisServerProcess;
import io.shardquake.node.differential.Reply;
import io.shardquake.node.differential.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of every type and encoding on their way from Redis to this node, and back. */
@Tag("redis")
final class MigrateWithRedisIT {
  private static final List<String> DATA =
      List.of(
          "SET string:empty \"\"",
          "SET string:int 12345",
          "SET string:long 9223372036854775807",
          "SET string:binary \"\\x00\\xff\\r\\n\"",
          "RPUSH list:small a 1 -1 127 128 -4096 4096 40000 9999999 3000000000 -9223372036854775808",
          "SADD set:int16 1 2 -3",
          "SADD set:int32 1 70000",
          "SADD set:int64 1 5000000000",
          "SADD set:table 1 a b",
          "HSET hash:small f v n 12345",
          "ZADD zset:small 1.5 a 2 b",
          "ZADD zset:inf -inf a inf b 0.1 c");

  @TempDir private Path directory;

  private static void fill(Wire redis) throws IOException {
    for (String command : DATA) {
      assertThat(redis.ask(Request.parse(command)).isError()).as(command).isFalse();
    }
    redis.ask("SET", "string:long-text", "abcabc".repeat(5000));
    for (int i = 0; i < 1000; i++) {
      redis.ask("RPUSH", "list:long", "element" + i, "" + i);
      redis.ask("SADD", "set:big", "member" + i);
      redis.ask("SADD", "set:numbers", "" + i);
      redis.ask("HSET", "hash:big", "field" + i, "" + i * i);
      redis.ask("ZADD", "zset:big", "" + i / 7.0, "member" + i);
    }
    redis.ask("RPUSH", "list:plain", "x".repeat(20_000), "y");
    redis.ask("PEXPIREAT", "string:int", "90000000000000");
  }

  private static List<String> digests(Wire redis, List<String> keys) throws IOException {
    List<String> words = new ArrayList<>(List.of("DEBUG", "DIGEST-VALUE"));
    words.addAll(keys);
    return redis.ask(words.toArray(String[]::new)).texts();
  }

  private static Reply migrate(Wire from, int port, List<String> keys) throws IOException {
    List<String> words =
        new ArrayList<>(List.of("MIGRATE", "127.0.0.1", "" + port, "", "0", "5000", "KEYS"));
    words.addAll(keys);
    return from.ask(words.toArray(String[]::new));
  }

  @Test
  void everyTypeSurvivesTheWayThereAndBack() throws IOException {
    try (RedisServerProcess redis = RedisServerProcess.start();
        NodeProcess node = NodeProcess.start(directory);
        Wire there = new Wire(redis.port());
        Wire here = new Wire(node.port())) {
      fill(there);
      List<String> keys = there.ask("KEYS", "*").texts();
      List<String> before = digests(there, keys);
      assertThat(migrate(there, node.port(), keys).toString()).contains("OK");
      assertThat(there.ask("DBSIZE").text()).isEqualTo("0");
      assertThat(migrate(here, redis.port(), keys).toString()).contains("OK");
      assertThat(migrate(here, redis.port(), keys).toString()).contains("NOKEY");
      assertThat(digests(there, keys)).isEqualTo(before);
      assertThat(there.ask("PEXPIRETIME", "string:int").text()).startsWith("900000000");
    }
  }

  @Test
  void aBusyKeyStaysWhereItIs() throws IOException {
    try (RedisServerProcess redis = RedisServerProcess.start();
        NodeProcess node = NodeProcess.start(directory);
        Wire there = new Wire(redis.port());
        Wire here = new Wire(node.port())) {
      there.ask("SET", "k", "v");
      assertThat(
              there.ask("MIGRATE", "127.0.0.1", "" + node.port(), "k", "0", "5000", "COPY").text())
          .isEqualTo("OK");
      assertThat(here.ask("MIGRATE", "127.0.0.1", "" + redis.port(), "k", "0", "5000").text())
          .isEqualTo(
              "ERR Target instance replied with error: BUSYKEY Target key name already exists.");
      assertThat(
              here.ask("MIGRATE", "127.0.0.1", "" + redis.port(), "k", "0", "5000", "REPLACE")
                  .text())
          .isEqualTo("OK");
      assertThat(here.ask("DUMP", "k").text()).isEqualTo("(nil)");
      assertThat(there.ask("GET", "k").text()).isEqualTo("v");
    }
  }
}
