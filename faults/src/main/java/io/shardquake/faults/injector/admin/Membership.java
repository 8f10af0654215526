package io.shardquake.faults.injector.admin;

import io.shardquake.checkers.topology.NodeAddress;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.faults.injector.admin.Peers.Peer;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Waits;
import io.shardquake.faults.nemesis.Waits.Attempt;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes nodes out of the tables of the others, and introduces them again. */
final class Membership {
  private final Injection injection;
  private final NodeCommands commands;

  Membership(Injection injection) {
    this.injection = injection;
    this.commands = new NodeCommands(injection);
  }

  /**
   * Makes all others that answer forget a node; completes with how many of them no longer list it.
   * Its own replicas refuse, and count as none.
   */
  CompletionStage<Integer> forget(List<Peer> peers, Peer forgotten) {
    List<Peer> others =
        peers.stream().filter(peer -> !peer.name().equals(forgotten.name())).toList();
    return Waits.all(
            others,
            peer ->
                commands
                    .tell(peer.name(), "CLUSTER", "FORGET", forgotten.id())
                    .exceptionally(failure -> String.valueOf(failure.getMessage())))
        .thenCompose(told -> new Peers(injection).all())
        .thenApply(
            after ->
                (int)
                    after.stream()
                        .filter(peer -> !peer.name().equals(forgotten.name()))
                        .filter(peer -> peer.view().node(forgotten.id()).isEmpty())
                        .count());
  }

  /**
   * Introduces a node to all others that run, again and again, until each of them lists it with a
   * link, and it lists each of them: a node that dies before it has answered remembers nobody. To
   * tell only one is not enough: who has just forgotten a node learns nothing of it from gossip for
   * a minute.
   */
  CompletionStage<String> introduce(String node) {
    return injection
        .waits()
        .until(
            injection.bounds().healing(),
            injection.bounds().silence(),
            () ->
                new Peers(injection)
                    .all()
                    .thenCompose(
                        peers ->
                            Peers.named(peers, node)
                                .map(stranger -> introduce(peers, stranger))
                                .orElseGet(
                                    () ->
                                        CompletableFuture.completedStage(
                                            Attempt.wanting(node + " does not answer")))));
  }

  private CompletionStage<Attempt<String>> introduce(List<Peer> peers, Peer stranger) {
    List<String> strangers =
        peers.stream()
            .filter(peer -> !peer.name().equals(stranger.name()))
            .filter(peer -> !knows(peer, stranger.id()) || !knows(stranger, peer.id()))
            .map(Peer::name)
            .toList();
    if (strangers.isEmpty()) {
      return CompletableFuture.completedStage(Attempt.of("all others list it and have a link"));
    }
    NodeAddress address = stranger.myself().map(NodeView::address).orElseThrow();
    return Waits.all(strangers, peer -> meet(peer, address))
        .thenApply(
            told ->
                Attempt.wanting(
                    "it and these do not know each other: " + String.join(", ", strangers)));
  }

  private CompletionStage<String> meet(String peer, NodeAddress address) {
    return commands
        .tell(
            peer,
            "CLUSTER",
            "MEET",
            address.host(),
            Integer.toString(address.port()),
            Integer.toString(address.busPort()))
        .exceptionally(failure -> String.valueOf(failure.getMessage()));
  }

  private static boolean knows(Peer peer, String id) {
    return peer.view()
        .node(id)
        .filter(seen -> seen.linked() && !seen.is(NodeFlag.HANDSHAKE))
        .isPresent();
  }
}
