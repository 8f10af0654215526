package io.shardquake.harness.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** Waits for what nodes answer, and says which node it was that failed. */
public final class Answers {
  private Answers() {}

  /**
   * Waits for one answer.
   *
   * @throws ClusterException {@code host:port: reason} if the request failed
   */
  public static <T> T await(NodeConnection node, CompletableFuture<T> answer)
      throws ClusterException, InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new ClusterException(node.address() + ": " + Failures.reason(e), e);
    }
  }

  /**
   * Sends to all nodes at once and waits for all answers.
   *
   * @return the answers in the order of the nodes
   * @throws ClusterException for the first node whose request failed
   */
  public static <T> List<T> awaitAll(
      Collection<NodeConnection> nodes, Function<NodeConnection, CompletableFuture<T>> request)
      throws ClusterException, InterruptedException {
    List<CompletableFuture<T>> pending = nodes.stream().map(request).toList();
    List<T> answers = new ArrayList<>();
    int next = 0;
    for (NodeConnection node : nodes) {
      answers.add(await(node, pending.get(next++)));
    }
    return answers;
  }

  /**
   * Waits for the answers to many requests to one node.
   *
   * @throws ClusterException for the first request that failed
   */
  public static <T> List<T> awaitAll(NodeConnection node, List<CompletableFuture<T>> pending)
      throws ClusterException, InterruptedException {
    List<T> answers = new ArrayList<>(pending.size());
    for (CompletableFuture<T> answer : pending) {
      answers.add(await(node, answer));
    }
    return answers;
  }
}
