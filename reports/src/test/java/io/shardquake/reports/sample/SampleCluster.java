package io.shardquake.reports.sample;

import io.shardquake.checkers.topology.TopologyLog;
import io.shardquake.checkers.topology.TopologySample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What six nodes say about themselves in a minute in which n1 is killed and replaced by n4, n2 is
 * paused and replaced by n5 (and for a moment does not know it), and a hundred slots move from n4
 * to n3. All times in milliseconds.
 */
final class SampleCluster {
  static final int NODES = 6;
  static final long KILL_N1 = 12_000;
  static final long N4_TAKES_OVER = 14_900;
  static final long RESTART_N1 = 27_000;
  static final long N1_LEARNS = 27_400;
  static final long PAUSE_N2 = 33_000;
  static final long N5_TAKES_OVER = 35_800;
  static final long RESUME_N2 = 39_000;
  static final long N2_LEARNS = 39_600;
  static final long MIGRATION_STARTS = 45_000;
  static final long MIGRATION_ENDS = 49_000;
  static final long END = 60_000;
  private static final long SAMPLE_EVERY = 250;
  private static final int MOVED_SLOTS = 100;

  private SampleCluster() {}

  /** The log of a sampler that asks every node four times a second. */
  static TopologyLog topology() {
    List<TopologySample> samples = new ArrayList<>();
    for (long at = 0; at <= END; at += SAMPLE_EVERY) {
      for (int observer = 1; observer <= NODES; observer++) {
        samples.add(sample(at + observer * 3L, observer));
      }
    }
    return new TopologyLog(samples);
  }

  /** Which node serves the slot at the time, if one does. */
  static Optional<String> owner(int slot, long at) {
    boolean unserved =
        switch (shard(slot)) {
          case 1 -> at >= KILL_N1 && at < N4_TAKES_OVER;
          case 2 -> at >= PAUSE_N2 && at < N5_TAKES_OVER;
          default -> false;
        };
    return unserved ? Optional.empty() : Optional.of("n" + ownerInView(slot, at));
  }

  static int shard(int slot) {
    if (slot <= 5460) {
      return 1;
    }
    return slot <= 10922 ? 2 : 3;
  }

  private static int ownerInView(int slot, long at) {
    return switch (shard(slot)) {
      case 1 -> {
        if (slot < MOVED_SLOTS && at >= MIGRATION_ENDS) {
          yield 3;
        }
        yield at >= N4_TAKES_OVER ? 4 : 1;
      }
      case 2 -> at >= N5_TAKES_OVER ? 5 : 2;
      default -> 3;
    };
  }

  private static TopologySample sample(long at, int observer) {
    boolean dead = observer == 1 && at >= KILL_N1 && at < RESTART_N1;
    boolean stopped = observer == 2 && at >= PAUSE_N2 && at < RESUME_N2;
    if (dead || stopped) {
      String error = dead ? "connection refused" : "no answer within 1000 ms";
      return new TopologySample(at * 1_000_000, "n" + observer, "", "", error);
    }
    StringBuilder nodes = new StringBuilder();
    for (int node = 1; node <= NODES; node++) {
      nodes.append(line(node, at, observer)).append('\n');
    }
    String info =
        "cluster_state:%s\r\ncluster_slots_assigned:16384\r\ncluster_known_nodes:6\r\n"
            .formatted(isFailing(at) ? "fail" : "ok");
    return new TopologySample(at * 1_000_000, "n" + observer, nodes.toString(), info, "");
  }

  private static boolean isFailing(long at) {
    return (at >= KILL_N1 + 2_200 && at < N4_TAKES_OVER)
        || (at >= PAUSE_N2 + 2_200 && at < N5_TAKES_OVER);
  }

  /** The time whose truth the observer believes: a node that comes back knows what it last knew. */
  private static long believed(int observer, long at) {
    if (observer == 1 && at >= RESTART_N1 && at < N1_LEARNS) {
      return KILL_N1 - 1;
    }
    if (observer == 2 && at >= RESUME_N2 && at < N2_LEARNS) {
      return PAUSE_N2 - 1;
    }
    return at;
  }

  private static String line(int node, long at, int observer) {
    long then = believed(observer, at);
    String flags = node == observer ? "myself," : "";
    String suffix = "";
    if (node == 1 && then >= KILL_N1 && then < RESTART_N1) {
      suffix = then < KILL_N1 + 2_200 ? ",fail?" : ",fail";
    }
    if (node == 2 && then >= PAUSE_N2 && then < RESUME_N2) {
      suffix = then < PAUSE_N2 + 2_200 ? ",fail?" : ",fail";
    }
    int master = master(node, then);
    return "%s 127.0.0.1:%d@%d %s%s%s %s 0 0 %d connected%s"
        .formatted(
            id(node),
            7000 + node,
            17000 + node,
            flags,
            master == node ? "master" : "slave",
            suffix,
            master == node ? "-" : id(master),
            epoch(master, then),
            slots(node, then) + (node == observer ? open(node, then) : ""));
  }

  private static int master(int node, long at) {
    return switch (node) {
      case 1 -> at < RESTART_N1 ? 1 : 4;
      case 2 -> at < RESUME_N2 ? 2 : 5;
      case 4 -> at < N4_TAKES_OVER ? 1 : 4;
      case 5 -> at < N5_TAKES_OVER ? 2 : 5;
      default -> 3;
    };
  }

  private static int epoch(int master, long at) {
    return switch (master) {
      case 4 -> 7;
      case 5 -> 8;
      case 3 -> at >= MIGRATION_ENDS ? 9 : 3;
      default -> master;
    };
  }

  private static String slots(int node, long at) {
    StringBuilder ranges = new StringBuilder();
    int from = -1;
    for (int slot = 0; slot <= 16384; slot++) {
      boolean owned = slot < 16384 && ownerInView(slot, at) == node;
      if (owned && from < 0) {
        from = slot;
      } else if (!owned && from >= 0) {
        ranges.append(' ').append(from).append('-').append(slot - 1);
        from = -1;
      }
    }
    return ranges.toString();
  }

  private static String open(int node, long at) {
    if (at < MIGRATION_STARTS || at >= MIGRATION_ENDS || (node != 3 && node != 4)) {
      return "";
    }
    StringBuilder items = new StringBuilder();
    IntStream.range(0, MOVED_SLOTS)
        .forEach(
            slot ->
                items
                    .append(" [")
                    .append(slot)
                    .append(node == 4 ? "->-" + id(3) : "-<-" + id(4))
                    .append(']'));
    return items.toString();
  }

  private static String id(int node) {
    return Integer.toString(node).repeat(40);
  }
}
