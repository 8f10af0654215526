package io.shardquake.checkers.transactions;

import static io.shardquake.checkers.transactions.DependencyGraph.LINK;
import static io.shardquake.checkers.transactions.DependencyGraph.PROCESS;
import static io.shardquake.checkers.transactions.DependencyGraph.REALTIME;
import static io.shardquake.checkers.transactions.DependencyGraph.RW;
import static io.shardquake.checkers.transactions.DependencyGraph.WR;
import static io.shardquake.checkers.transactions.DependencyGraph.WW;

import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.transactions.DependencyGraph.Order;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Finds one cycle in each knot of transactions, of the weakest kind there is.
 *
 * <p>A knot is a strongly connected component. Whether there is one is decided in linear time, and
 * so is whether there is a cycle without anti-dependencies in it. If there is none, the rest of the
 * knot has an order, against which some anti-dependency of every cycle leads: those are tried first
 * with no other, then with others not next to each other, then with any. The second and third are
 * looked for within a bound on the edges looked at.
 */
final class CycleSearch {
  private static final int MOST_FOUND = 32;
  private static final long MOST_VISITS = 20_000_000;

  private final DependencyGraph graph;
  private final SearchLimits limits;
  private final StronglyConnected connected;
  private final BitSet covered = new BitSet();
  private final int[] member;
  private int membership;
  private final List<Cycle> found = new ArrayList<>();

  CycleSearch(DependencyGraph graph, SearchLimits limits) {
    this.graph = graph;
    this.limits = limits;
    this.connected = new StronglyConnected(graph);
    this.member = new int[graph.nodes()];
  }

  /**
   * All that were found when a limit was met, or all that there are to be found.
   *
   * @param most how many are enough
   */
  List<Cycle> find(int most) {
    List<int[]> knots = connected.components(DependencyGraph.kinds(Order.REALTIME));
    if (!knots.isEmpty()) {
      ShortestPath paths = new ShortestPath(graph);
      for (int[] knot : knots) {
        if (found.size() < most && limits.exceeded(0).isEmpty()) {
          find(knot, paths);
        }
      }
    }
    return found;
  }

  private void find(int[] whole, ShortestPath paths) {
    for (Order order : Order.values()) {
      for (int[] knot : connected.components(whole, DependencyGraph.kinds(order))) {
        boolean isNew = true;
        for (int node : knot) {
          isNew &= !covered.get(node);
        }
        if (isNew) {
          found.add(weakest(knot, order, paths));
          for (int node : knot) {
            covered.set(node);
          }
        }
      }
    }
  }

  private Cycle weakest(int[] knot, Order order, ShortestPath paths) {
    int time = DependencyGraph.kinds(order) & (PROCESS | REALTIME | LINK);
    for (int kinds : new int[] {WW | time, WW | WR | time}) {
      List<int[]> knots = connected.components(knot, kinds);
      if (!knots.isEmpty()) {
        return around(knots.get(0), kinds, paths).cycle(order, true);
      }
    }
    mark(knot);
    List<Way> against = antiDependenciesAgainstTheOrder(knot);
    long bound = paths.visits() + MOST_VISITS;
    Optional<Way> found =
        shortest(against, WW | WR | time, paths, bound, false)
            .or(() -> shortest(against, WW | WR | RW | time, paths, bound, true));
    boolean isWeakest = found.isPresent() || paths.visits() < bound;
    return found
        .or(() -> shortest(against, WW | WR | RW | time, paths, Long.MAX_VALUE, false))
        .orElseThrow()
        .cycle(order, isWeakest);
  }

  /** A way through the graph from a transaction to itself. */
  private final class Way {
    private final int start;
    private final List<Integer> edges;

    Way(int start, List<Integer> edges) {
      this.start = start;
      this.edges = edges;
    }

    Cycle cycle(Order order, boolean isWeakest) {
      List<Cycle.Step> steps = new ArrayList<>();
      int from = start;
      byte kind = LINK;
      int element = -1;
      for (int edge : edges) {
        kind = graph.kind(edge) == LINK ? kind : graph.kind(edge);
        element = Math.max(element, graph.detail(edge));
        if (graph.target(edge) < graph.transactions()) {
          steps.add(new Cycle.Step(from, graph.target(edge), kind, element));
          from = graph.target(edge);
          element = -1;
        }
      }
      return new Cycle(steps, order, isWeakest);
    }

    long length() {
      return edges.stream().filter(edge -> graph.target(edge) < graph.transactions()).count();
    }

    boolean isSimple() {
      return edges.stream()
              .map(graph::target)
              .filter(node -> node < graph.transactions())
              .distinct()
              .count()
          == length();
    }
  }

  private void mark(int[] nodes) {
    membership++;
    for (int node : nodes) {
      member[node] = membership;
    }
  }

  private boolean isMarked(int node) {
    return member[node] == membership;
  }

  /** A short cycle by edges of these kinds, which exists. */
  private Way around(int[] knot, int kinds, ShortestPath paths) {
    mark(knot);
    List<Way> starts = new ArrayList<>();
    for (int node : knot) {
      if (node < graph.transactions() && starts.size() < MOST_FOUND) {
        for (int edge = graph.from(node); edge < graph.to(node); edge++) {
          if ((graph.kind(edge) & kinds) != 0 && isMarked(graph.target(edge))) {
            starts.add(new Way(node, List.of(edge)));
          }
        }
      }
    }
    return shortest(starts, kinds, paths, Long.MAX_VALUE, false).orElseThrow();
  }

  /** One-edge ways: the order is that of the ranks which the last use of the components left. */
  private List<Way> antiDependenciesAgainstTheOrder(int[] knot) {
    List<Way> against = new ArrayList<>();
    for (int node : knot) {
      for (int edge = graph.from(node); edge < graph.to(node); edge++) {
        int target = graph.target(edge);
        if (graph.kind(edge) == RW
            && isMarked(target)
            && connected.rank(target) < connected.rank(node)) {
          against.add(new Way(node, List.of(edge)));
        }
      }
    }
    return against;
  }

  /**
   * The shortest of the first few cycles among those that begin with one of these edges.
   *
   * @param bound on the edges looked at by all searches
   * @param apart whether no two anti-dependencies may follow each other
   */
  private Optional<Way> shortest(
      List<Way> firsts, int kinds, ShortestPath paths, long bound, boolean apart) {
    Optional<Way> best = Optional.empty();
    int count = 0;
    for (Way first : firsts) {
      if (count == MOST_FOUND || paths.visits() >= bound) {
        break;
      }
      boolean ordered = (kinds & RW) == 0 && graph.kind(first.edges.get(0)) == RW;
      IntPredicate within =
          ordered
              ? node -> isMarked(node) && connected.rank(node) <= connected.rank(first.start)
              : this::isMarked;
      Optional<Way> way =
          paths
              .back(first.edges.get(0), first.start, kinds, within, apart)
              .map(edges -> new Way(first.start, edges))
              .filter(Way::isSimple);
      if (way.isPresent()) {
        count++;
        best = best.filter(known -> known.length() <= way.get().length()).or(() -> way);
      }
    }
    return best;
  }
}
