package io.shardquake.faults.injector.link;

import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Waits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What the nodes that answer think of those that a fault strikes. */
final class Opinions {
  private final Injection injection;

  Opinions(Injection injection) {
    this.injection = injection;
  }

  /**
   * What is thought of one node.
   *
   * @param node whom it is about
   * @param suspecting who holds it to be failing, or has no link to it
   */
  record Opinion(String node, List<String> suspecting) {
    Opinion {
      suspecting = List.copyOf(suspecting);
    }

    /** As the end of a sentence. */
    @Override
    public String toString() {
      return suspecting.isEmpty()
          ? "; nobody suspected it"
          : "; suspected by " + String.join(", ", suspecting);
    }
  }

  /** Asks every node, none for long; never fails. */
  CompletionStage<List<Opinion>> all() {
    return Waits.all(injection.cluster().nodes(), this::view)
        .thenApply(views -> injection.nodes().stream().map(node -> opinion(node, views)).toList());
  }

  /** What is thought of one node; never fails. */
  CompletionStage<Opinion> of(String node) {
    return Waits.all(injection.cluster().nodes(), this::view)
        .thenApply(views -> opinion(node, views));
  }

  private record Seen(String observer, ClusterView view) {}

  private CompletionStage<Optional<Seen>> view(String observer) {
    return injection
        .waits()
        .within(injection.bounds().silence(), "a view", () -> injection.cluster().view(observer))
        .thenApply(sample -> seen(observer, sample))
        .exceptionally(silent -> Optional.empty());
  }

  private static Optional<Seen> seen(String observer, TopologySample sample) {
    return sample.answered()
        ? Optional.of(new Seen(observer, ClusterView.of(sample)))
        : Optional.empty();
  }

  private static Opinion opinion(String node, List<Optional<Seen>> views) {
    Optional<String> id =
        views.stream()
            .flatMap(Optional::stream)
            .filter(seen -> seen.observer().equals(node))
            .flatMap(seen -> seen.view().myself().stream())
            .map(NodeView::id)
            .findFirst();
    List<String> suspecting = new ArrayList<>();
    for (Optional<Seen> answer : views) {
      answer
          .filter(seen -> id.flatMap(seen.view()::node).filter(Opinions::isSuspect).isPresent())
          .ifPresent(seen -> suspecting.add(seen.observer()));
    }
    return new Opinion(node, suspecting);
  }

  private static boolean isSuspect(NodeView node) {
    return !node.is(NodeFlag.MYSELF)
        && (!node.linked() || node.is(NodeFlag.PFAIL) || node.is(NodeFlag.FAIL));
  }
}
