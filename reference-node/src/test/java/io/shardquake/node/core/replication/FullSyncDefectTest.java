package io.shardquake.node.core.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Input;
import io.shardquake.node.core.Node;
import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.defect.Defect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a client writes while a snapshot for a replica is under way. */
final class FullSyncDefectTest {
  private static final long REPLICA = 2;
  private static final long CLIENT = 4;
  private static final int LARGE = 4_000_000;

  private final StringBuilder toReplica = new StringBuilder();
  private long nowMicros = 1_700_000_000_000_000L;

  private void happens(Node node, Input... inputs) {
    nowMicros += 10_000;
    for (Effect effect : node.turn(nowMicros, List.of(inputs))) {
      if (effect instanceof Effect.Send send && send.connection() == REPLICA) {
        toReplica.append(new String(send.data(), StandardCharsets.ISO_8859_1));
      }
    }
  }

  private static Input sends(long connection, String line) {
    return new Input.Received(connection, (line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static Input accepted(long connection) {
    return new Input.Accepted(
        connection, Input.Listener.CLIENT, "127.0.0.1", 5000, "127.0.0.1", 6379);
  }

  private String streamAfterSnapshot(Set<Defect> defects) {
    Configuration configuration = new Configuration(defects);
    configuration.set("repl-diskless-sync-delay", "0");
    Node node = new Node(configuration, new Randomness(new SplittableRandom(1)), nowMicros);
    happens(node, accepted(REPLICA), accepted(CLIENT));
    for (String key : List.of("a", "b", "c", "d")) {
      happens(node, sends(CLIENT, "SETRANGE " + key + " " + LARGE + " x"));
    }
    happens(node, sends(REPLICA, "REPLCONF capa eof capa psync2"));
    happens(node, sends(REPLICA, "PSYNC ? -1"));
    assertThat(toReplica).as("a snapshot under way").hasSizeLessThan(4 * LARGE);
    happens(node, sends(CLIENT, "SET written-meanwhile 1"));
    for (int i = 0; i < 1000; i++) {
      happens(node, new Input.Drained(REPLICA));
    }
    toReplica.setLength(0);
    happens(node, sends(REPLICA, "REPLCONF ACK 0"));
    happens(node, sends(CLIENT, "SET written-afterwards 1"));
    return toReplica.toString();
  }

  @Test
  void fullSyncDropsWritesLosesThem() {
    assertThat(streamAfterSnapshot(Set.of())).contains("written-meanwhile", "written-afterwards");
    assertThat(streamAfterSnapshot(Set.of(Defect.FULL_SYNC_DROPS_WRITES)))
        .contains("written-afterwards")
        .doesNotContain("written-meanwhile");
  }
}
