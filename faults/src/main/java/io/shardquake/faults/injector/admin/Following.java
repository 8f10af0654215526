package io.shardquake.faults.injector.admin;

import io.shardquake.faults.injector.admin.Peers.Peer;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Waits.Attempt;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Makes a node replicate another one, and waits until it does. */
final class Following {
  private final Injection injection;

  Following(Injection injection) {
    this.injection = injection;
  }

  /**
   * Completes with what was seen when the node says that it follows this master and is in step;
   * fails if it refuses, or is not in step in time.
   */
  CompletionStage<String> order(String node, String masterId) {
    return new NodeCommands(injection)
        .tell(node, "CLUSTER", "REPLICATE", masterId)
        .thenCompose(
            told ->
                injection
                    .waits()
                    .until(
                        injection.bounds().healing(),
                        injection.bounds().poll(),
                        () -> look(node, masterId)));
  }

  private CompletionStage<Attempt<String>> look(String node, String masterId) {
    return new Peers(injection)
        .all()
        .thenCombine(
            injection.probe().info(node, "replication"),
            (peers, replication) -> judge(peers, node, masterId, replication));
  }

  private static Attempt<String> judge(
      List<Peer> peers, String node, String masterId, String replication) {
    boolean follows = Peers.named(peers, node).filter(peer -> peer.follows(masterId)).isPresent();
    if (!follows) {
      return Attempt.wanting(node + " does not follow its new master yet");
    }
    return NodeCommands.field(replication, "master_link_status").filter("up"::equals).isPresent()
        ? Attempt.of("its link to it is up")
        : Attempt.wanting(node + " is not in step with its new master");
  }
}
