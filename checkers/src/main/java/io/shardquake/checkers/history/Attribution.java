package io.shardquake.checkers.history;

import java.util.List;

/**
 * Where an operation went.
 *
 * @param nodes names of nodes: for {@link Completion.Ok} and {@link Completion.Fail} the one that
 *     gave the final answer (empty if none was reached), for {@link Completion.Info} every node
 *     that the bytes may have reached
 * @param redirects how many redirections (MOVED, ASK, TRYAGAIN) were followed
 */
public record Attribution(List<String> nodes, int redirects) {
  public static final Attribution NONE = new Attribution(List.of(), 0);

  public Attribution {
    nodes = List.copyOf(nodes);
  }
}
