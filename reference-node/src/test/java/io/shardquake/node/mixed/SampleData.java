package io.shardquake.node.mixed;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.node.differential.Reply;
import java.util.List;

/** Some keys of every type, and the comparison of two servers by all they hold. */
final class SampleData {
  /** What is written; {@code @} stands for a label that keeps generations apart. */
  private static final List<String> COMMANDS =
      List.of(
          "SET {t}string:@ value",
          "SET {t}number:@ 12345",
          "APPEND {t}string:@ more",
          "SET {t}expiring:@ soon PX 10000000",
          "EXPIRE {t}number:@ 100000",
          "INCRBYFLOAT {t}float:@ 3.25",
          "RPUSH {t}list:@ a bb 300 -7",
          "LPOP {t}list:@",
          "HSET {t}hash:@ field value number 17",
          "HINCRBYFLOAT {t}hash:@ float 0.5",
          "SADD {t}intset:@ 1 2 3 70000",
          "SADD {t}set:@ 1 2 x y z",
          "SPOP {t}set:@",
          "ZADD {t}zset:@ 1.5 a 2 b -3 c",
          "ZPOPMIN {t}zset:@",
          "SETBIT {t}bits:@ 77 1",
          "PFADD {t}counter:@ a b c",
          "GEOADD {t}places:@ 13.361389 38.115556 Palermo",
          "XADD {t}stream:@ 1-1 field value",
          "XADD {t}stream:@ 1-2 field value",
          "XGROUP CREATE {t}stream:@ group 0",
          "XREADGROUP GROUP group consumer COUNT 1 STREAMS {t}stream:@ >",
          "DEL {t}string:@ {t}none");

  private SampleData() {}

  /** Writes one generation. */
  static void writeTo(Peer server, String label) {
    server.ask("MULTI");
    for (String command : COMMANDS) {
      server.ask(command.replace("@", label).split(" ", -1));
    }
    Reply done = server.ask("EXEC");
    assertThat(done.elements())
        .as("replies of " + server + " to the sample: " + done)
        .hasSize(COMMANDS.size())
        .noneMatch(Reply::isError);
    server.ask("SET", "{t}last:" + label, label);
  }

  /** Compares all data. */
  static void assertSame(Peer expected, Peer actual) {
    assertThat(digest(actual))
        .as("digest of " + actual + " against that of " + expected)
        .isEqualTo(digest(expected));
  }

  private static String digest(Peer server) {
    Reply digest = server.ask("DEBUG", "DIGEST");
    assertThat(digest.isError()).as("DEBUG DIGEST of " + server + ": " + digest).isFalse();
    return digest.text();
  }
}
