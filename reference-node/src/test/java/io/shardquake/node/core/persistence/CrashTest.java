package io.shardquake.node.core.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * The process dies between any two effects, under every policy, while logs are being rewritten and
 * data is being saved; and again in its next life. What was acknowledged is there each time.
 */
final class CrashTest {
  private static final String[] POLICIES = {"always", "everysec", "no"};

  @Property(tries = 150)
  void whatWasAcknowledgedIsThereAfterAnyNumberOfDeaths(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    MemoryDisk disk = new MemoryDisk();
    int acknowledged = 0;
    int sent = 0;
    for (int life = 0; life < 5; life++) {
      Rig node =
          Rig.started(
              disk,
              "appendonly",
              "yes",
              "appendfsync",
              POLICIES[random.nextInt(3)],
              "aof-use-rdb-preamble",
              random.nextBoolean() ? "yes" : "no",
              "auto-aof-rewrite-min-size",
              "300");
      assertThat(node.exit()).as("it starts: %s", node.log()).isEmpty();
      int there = size(node);
      assertThat(there).as("life %d", life).isBetween(acknowledged, sent);
      sent = there;
      acknowledged = there;
      node.dieAfter(random.nextInt(120));
      while (!node.isDead()) {
        switch (random.nextInt(10)) {
          case 0 -> node.sends(random.nextInt(3) == 0 ? "BGSAVE" : "BGREWRITEAOF");
          case 1, 2 -> node.passes(random.nextInt(600));
          case 3, 4 -> node.step();
          default -> {
            sent++;
            node.heard();
            if (node.ask("RPUSH list element" + sent).startsWith(":")) {
              acknowledged++;
            }
          }
        }
      }
    }
  }

  private static int size(Rig node) {
    return Integer.parseInt(node.ask("LLEN list").substring(1));
  }
}
