package io.shardquake.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisCluster;

/** What users of Redis write their programs with, against six nodes, while these change roles. */
final class ClientLibrariesIT {
  private static final int KEYS = 30;
  private static final int ROUNDS = 3;

  @TempDir private Path directory;

  /** A program that counts, by one library; it goes on after errors. */
  private static final class Counting {
    private final Map<String, Long> acknowledged = new ConcurrentSkipListMap<>();
    private final String prefix;
    private final ToLongFunction<String> increment;
    private volatile boolean ends;

    Counting(String prefix, ToLongFunction<String> increment) {
      this.prefix = prefix;
      this.increment = increment;
    }

    void run() {
      for (int i = 0; !ends; i++) {
        String key = prefix + i % KEYS;
        try {
          acknowledged.put(key, increment.applyAsLong(key));
        } catch (RuntimeException lostOrRefused) {
          // Its outcome is not known; the next one will tell.
        }
      }
    }

    void end() {
      ends = true;
    }

    /** How far every counter has come. */
    Map<String, Long> counted() {
      return Map.copyOf(acknowledged);
    }

    /** Waits until every counter has gone on from where it was. */
    void awaitProgress() {
      Map<String, Long> before = counted();
      SixNodes.await(
          "every counter of " + prefix + " to go on",
          () ->
              acknowledged.size() == KEYS
                  && acknowledged.entrySet().stream()
                      .allMatch(
                          counter ->
                              counter.getValue()
                                  >= before.getOrDefault(counter.getKey(), 0L) + ROUNDS));
    }
  }

  private static RedisClusterClient lettuce(SixNodes nodes) {
    RedisClusterClient client =
        RedisClusterClient.create(
            RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(nodes.port(0))
                .withTimeout(Duration.ofSeconds(5))
                .build());
    client.setOptions(
        ClusterClientOptions.builder()
            .topologyRefreshOptions(
                ClusterTopologyRefreshOptions.builder()
                    .enablePeriodicRefresh(Duration.ofSeconds(1))
                    .enableAllAdaptiveRefreshTriggers()
                    .build())
            .build());
    return client;
  }

  @Test
  void goesOnWhileSlotsMoveAndMastersDie() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (SixNodes nodes = SixNodes.start(directory);
        RedisClusterClient client = lettuce(nodes);
        StatefulRedisClusterConnection<String, String> lettuce = client.connect();
        JedisCluster jedis = new JedisCluster(new HostAndPort("127.0.0.1", nodes.port(1)))) {
      usesLettuceAsUsersDo(lettuce);
      usesJedisAsUsersDo(jedis);

      List<Counting> programs =
          List.of(
              new Counting("lettuce:", key -> lettuce.sync().incr(key)),
              new Counting("jedis:", jedis::incr));
      List<Future<?>> running = new ArrayList<>();
      programs.forEach(program -> running.add(threads.submit(program::run)));
      programs.forEach(Counting::awaitProgress);

      moveASlotOfEach(nodes, programs);
      programs.forEach(Counting::awaitProgress);

      List<Map<String, Long>> safe = programs.stream().map(Counting::counted).toList();
      awaitReplicated(nodes, 0);
      nodes.kill(0);
      programs.forEach(Counting::awaitProgress);

      programs.forEach(Counting::end);
      for (Future<?> program : running) {
        program.get(60, TimeUnit.SECONDS);
      }
      requireCounted(programs.get(0), safe.get(0), key -> Long.parseLong(lettuce.sync().get(key)));
      requireCounted(programs.get(1), safe.get(1), key -> Long.parseLong(jedis.get(key)));
    } finally {
      threads.shutdownNow();
    }
  }

  private static void moveASlotOfEach(SixNodes nodes, List<Counting> programs) throws IOException {
    for (Counting program : programs) {
      int slot = SlotHash.getSlot(program.prefix + "0");
      int from = SixNodes.firstOwner(slot);
      // Not to or from the one that is going to die.
      int to = from == 1 ? 2 : 1;
      nodes.move(slot, from, to);
    }
  }

  private static void awaitReplicated(SixNodes nodes, int master) throws IOException {
    String field = "master_repl_offset:";
    String info = nodes.ask(master, "INFO", "replication").text();
    long written = Long.parseLong(info.split(field, 2)[1].split("\r\n", 2)[0]);
    SixNodes.await(
        "the replica to have all",
        () -> {
          String slave = nodes.ask(master, "INFO", "replication").text().split("slave0:", 2)[1];
          return Long.parseLong(slave.split("offset=", 2)[1].split(",", 2)[0]) >= written;
        });
  }

  /** What the master had that died counts as far as its replica had it. */
  private static void requireCounted(
      Counting program, Map<String, Long> safe, ToLongFunction<String> read) {
    program
        .counted()
        .forEach(
            (key, last) -> {
              boolean died = SixNodes.firstOwner(SlotHash.getSlot(key)) == 0;
              long least = died ? Math.min(last, safe.get(key)) : last;
              assertThat(read.applyAsLong(key)).as(key).isGreaterThanOrEqualTo(least);
            });
  }

  private static void usesLettuceAsUsersDo(StatefulRedisClusterConnection<String, String> lettuce)
      throws Exception {
    lettuce.sync().mset(Map.of("m1", "1", "m2", "2", "m3", "3"));
    assertThat(lettuce.sync().mget("m1", "m2", "m3"))
        .extracting(pair -> pair.getValueOrElse("none"))
        .containsExactly("1", "2", "3");
    List<RedisFuture<Long>> pipelined = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      pipelined.add(lettuce.async().sadd("set:" + i % 7, "member" + i));
    }
    for (RedisFuture<Long> future : pipelined) {
      assertThat(future.get(20, TimeUnit.SECONDS)).isOne();
    }
    ScanIterator<String> all = ScanIterator.scan(lettuce.sync(), ScanArgs.Builder.matches("set:*"));
    assertThat(all.stream().distinct()).hasSize(7);
    assertThat(lettuce.sync().del("m1", "m2", "m3")).isEqualTo(3);
  }

  private static void usesJedisAsUsersDo(JedisCluster jedis) {
    jedis.hset("hash", Map.of("a", "1", "b", "2"));
    assertThat(jedis.hgetAll("hash")).containsOnly(Map.entry("a", "1"), Map.entry("b", "2"));
    jedis.zadd("board", Map.of("x", 1.5, "y", 2.5));
    assertThat(jedis.zrangeByScore("board", 2, 3)).containsExactly("y");
    assertThat(jedis.eval("return redis.call('get',KEYS[1])", List.of("none"), List.of())).isNull();
    jedis.sadd("{tag}1", "a", "b");
    jedis.sadd("{tag}2", "b", "c");
    assertThat(jedis.sinter("{tag}1", "{tag}2")).isEqualTo(Set.of("b"));
    assertThat(jedis.getClusterNodes()).hasSize(6);
  }
}
