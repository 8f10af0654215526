package io.shardquake.faults.nemesis;

import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.faults.ClusterControl;
import io.shardquake.faults.NodeStatus.State;
import io.shardquake.faults.plan.Draw;
import io.shardquake.faults.plan.Fault;
import io.shardquake.faults.plan.Selector;
import io.shardquake.faults.plan.Selector.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Finds out whom a selector means at this moment, by asking the nodes themselves. A node that does
 * not answer is known by what the others say of it, once it has told its id at some time.
 */
final class SelectorResolver {
  private final ClusterControl cluster;
  private final Waits waits;
  private final Bounds bounds;

  /** Learnt from every view in which a node spoke of itself: dead nodes cannot tell any more. */
  private final SortedMap<String, String> nameOfId = new TreeMap<>();

  SelectorResolver(ClusterControl cluster, Waits waits, Bounds bounds) {
    this.cluster = cluster;
    this.waits = waits;
    this.bounds = bounds;
  }

  /** Whom the fault strikes, in the cluster's order; empty if nobody fits. Never fails. */
  CompletionStage<List<String>> resolve(Fault fault) {
    return fault
        .on()
        .match(
            nodes -> CompletableFuture.completedStage(numbered(nodes)),
            group ->
                (group == Group.EVERY_NODE || group == Group.RANDOM_NODE ? blank() : picture())
                    .thenApply(picture -> grouped(group, fault.draw(), picture)),
            related -> picture().thenApply(picture -> related(related, fault.draw(), picture)));
  }

  /** For selectors that need no view, so that they need not wait for nodes that do not answer. */
  private CompletionStage<ClusterPicture> blank() {
    return CompletableFuture.completedStage(
        new ClusterPicture(cluster.nodes(), new TreeMap<>(), nameOfId));
  }

  /** Asks every node who it is, so that it is still known when it no longer answers. */
  CompletionStage<ClusterPicture> picture() {
    return Waits.all(cluster.nodes(), this::view)
        .thenApply(
            answers -> {
              SortedMap<String, ClusterView> views = new TreeMap<>();
              for (int i = 0; i < answers.size(); i++) {
                String name = cluster.nodes().get(i);
                answers.get(i).ifPresent(view -> views.put(name, view));
              }
              views.forEach(this::learn);
              return new ClusterPicture(cluster.nodes(), views, nameOfId);
            });
  }

  private CompletionStage<Optional<ClusterView>> view(String name) {
    return waits
        .within(bounds.answer(), "the view of " + name, () -> cluster.view(name))
        .thenApply(ClusterView::of)
        .handle((view, unreadable) -> Optional.ofNullable(view));
  }

  private void learn(String name, ClusterView view) {
    view.myself().map(NodeView::id).ifPresent(id -> nameOfId.put(id, name));
  }

  private List<String> numbered(Selector.Nodes nodes) {
    List<String> names = cluster.nodes();
    return nodes.numbers().stream()
        .filter(number -> number <= names.size())
        .map(number -> names.get(number - 1))
        .toList();
  }

  private List<String> related(Selector.Related on, long draw, ClusterPicture picture) {
    Optional<String> master = picture.owner(on.place().slot());
    List<String> replicas = master.map(picture::replicas).orElse(List.of());
    return switch (on.relation()) {
      case MASTER -> master.stream().toList();
      case REPLICA -> drawn(1, draw, replicas);
      case SHARD -> inOrder(Stream.concat(master.stream(), replicas.stream()));
    };
  }

  private List<String> grouped(Group group, long draw, ClusterPicture picture) {
    List<String> masters = picture.masters();
    Stream<String> chosen =
        switch (group) {
          case EVERY_NODE -> cluster.nodes().stream();
          case RANDOM_NODE -> drawn(1, draw, cluster.nodes()).stream();
          case RANDOM_MASTER -> drawn(1, draw, masters).stream();
          case RANDOM_REPLICA -> drawn(1, draw, replicas(picture)).stream();
          case RANDOM_SHARD ->
              drawn(1, draw, masters).stream()
                  .flatMap(it -> Stream.concat(Stream.of(it), picture.replicas(it).stream()));
          case ALL_MASTERS -> masters.stream();
          case ALL_REPLICAS -> replicas(picture).stream();
          case MINORITY -> drawn((masters.size() - 1) / 2, draw, masters).stream();
          case MAJORITY -> drawn(masters.size() / 2 + 1, draw, masters).stream();
        };
    return inOrder(chosen);
  }

  private List<String> inOrder(Stream<String> chosen) {
    List<String> names = chosen.toList();
    return cluster.nodes().stream().filter(names::contains).toList();
  }

  /** Among those that live, because it takes a living one to break something. */
  private List<String> drawn(int count, long draw, List<String> candidates) {
    List<String> living =
        candidates.stream().filter(name -> cluster.status(name).state() != State.DEAD).toList();
    return Draw.order(draw, living).stream().limit(count).toList();
  }

  private static List<String> replicas(ClusterPicture picture) {
    List<String> replicas = new ArrayList<>();
    picture.masters().forEach(master -> replicas.addAll(picture.replicas(master)));
    return replicas;
  }
}
