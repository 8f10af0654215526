package io.shardquake.faults.injector.load;

import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.faults.injector.admin.NodeCommands;
import io.shardquake.faults.injector.admin.Peers;
import io.shardquake.faults.nemesis.Injection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Data of no meaning, in a key that no workload uses, in a slot of the node that is to bear it. It
 * expires by itself soon, should the fault not live to remove it.
 */
final class Ballast {
  private static final String EXPIRY_SECONDS = "30";

  private final Injection injection;

  Ballast(Injection injection) {
    this.injection = injection;
  }

  /** Writes so many bytes. Fails with the node's refusal, or if it owns no slot. */
  CompletionStage<String> write(String node, int bytes) {
    return key(node)
        .thenCompose(
            key ->
                new NodeCommands(injection)
                    .tell(node, "SET", key, "b".repeat(bytes), "EX", EXPIRY_SECONDS));
  }

  /** Removes it; completes also if there is nothing to remove. */
  CompletionStage<String> remove(String node) {
    return key(node).thenCompose(key -> new NodeCommands(injection).tell(node, "DEL", key));
  }

  private CompletionStage<String> key(String node) {
    return new Peers(injection)
        .all()
        .thenCompose(
            peers ->
                Peers.named(peers, node)
                    .filter(Peers.Peer::ownsSlots)
                    .flatMap(peer -> peer.view().myself())
                    .map(owner -> CompletableFuture.completedStage(keyOf(owner)))
                    .orElseGet(
                        () ->
                            CompletableFuture.failedStage(
                                new IllegalStateException(node + " owns no slot"))));
  }

  private static String keyOf(NodeView owner) {
    for (int number = 0; ; number++) {
      String key = "shardquake-ballast-" + number;
      if (owner.owns(KeySlot.of(key))) {
        return key;
      }
    }
  }
}
