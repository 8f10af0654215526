package io.shardquake.harness.junit;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Whom a fault is to strike; resolved when it does. */
@FunctionalInterface
public interface NodeChoice {
  /**
   * The names of the nodes, at least one.
   *
   * @param seed of the test, from which what is drawn is drawn
   * @throws IllegalStateException if there is no such node now
   */
  List<String> nodes(ChaosCluster cluster, long seed);

  /** The master that serves a key. */
  static NodeChoice masterOf(String key) {
    return (cluster, seed) -> List.of(cluster.masterOf(key));
  }

  /** A replica of the master that serves a key. */
  static NodeChoice replicaOf(String key) {
    return (cluster, seed) -> List.of(drawn(cluster.replicasOf(key), seed, "a replica of " + key));
  }

  /** A node by its name, {@code n1} and so on. */
  static NodeChoice node(String name) {
    return (cluster, seed) -> {
      if (!cluster.nodes().contains(name)) {
        throw new IllegalStateException(
            "there is no node " + name + ", only " + String.join(", ", cluster.nodes()));
      }
      return List.of(name);
    };
  }

  /** One of the masters, drawn from the test's seed. */
  static NodeChoice randomMaster() {
    return (cluster, seed) -> List.of(drawn(cluster.masters(), seed, "a master"));
  }

  /** These together. */
  static NodeChoice isolating(NodeChoice... choices) {
    return (cluster, seed) ->
        Stream.of(choices)
            .flatMap(choice -> choice.nodes(cluster, seed).stream())
            .distinct()
            .toList();
  }

  private static String drawn(List<String> nodes, long seed, String what) {
    return Optional.of(nodes)
        .filter(some -> !some.isEmpty())
        .map(some -> some.get(new SplittableRandom(seed).nextInt(some.size())))
        .orElseThrow(() -> new IllegalStateException("there is no node that is " + what + " now"));
  }
}
