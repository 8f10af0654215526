package io.shardquake.faults.network;

import io.shardquake.faults.plan.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Who no longer hears whom. Pure: the same arguments give the same cuts.
 *
 * <p>With the selectors of a fault plan these few shapes make the partitions that are usually told
 * apart: {@code apart} of one node isolates it, of a {@code minority} cuts that off, of {@code
 * all-masters} separates masters from replicas, of {@code nodes 1,2,4} takes away a data centre.
 */
public enum PartitionShape {
  /**
   *
   *
   * <pre>
   *   [struck] ✂ [all others]
   * </pre>
   */
  APART {
    @Override
    List<Cut> outward(List<String> all, List<String> struck, long draw) {
      return between(struck, without(all, struck));
    }
  },

  /**
   *
   *
   * <pre>
   *   [a] ✂ [b] ✂ [c] ✂ [all others]     each of the struck alone
   * </pre>
   */
  SCATTERED {
    @Override
    List<Cut> outward(List<String> all, List<String> struck, long draw) {
      List<Cut> cuts = new ArrayList<>(between(struck, without(all, struck)));
      for (int i = 0; i < struck.size(); i++) {
        cuts.addAll(between(struck.subList(i, i + 1), struck.subList(i + 1, struck.size())));
      }
      return cuts;
    }
  },

  /**
   *
   *
   * <pre>
   *   [a half of the struck] ✂ [the others of the struck]     drawn; nobody else is concerned
   * </pre>
   */
  HALVES {
    @Override
    List<Cut> outward(List<String> all, List<String> struck, long draw) {
      List<String> side = side(struck, draw);
      return between(side, without(struck, side));
    }

    @Override
    List<String> side(List<String> struck, long draw) {
      return Draw.order(draw, struck).subList(0, struck.size() / 2);
    }
  },

  /**
   *
   *
   * <pre>
   *   [a half of the struck] ✂ [the other half]     drawn; one between hears both and is heard
   *              └───── [bridge] ─────┘
   * </pre>
   */
  BRIDGE {
    @Override
    List<Cut> outward(List<String> all, List<String> struck, long draw) {
      List<String> drawn = Draw.order(draw, struck);
      List<String> side = side(struck, draw);
      return between(side, drawn.subList(Math.min(side.size() + 1, drawn.size()), drawn.size()));
    }

    @Override
    List<String> side(List<String> struck, long draw) {
      return Draw.order(draw, struck).subList(0, Math.max(0, struck.size() - 1) / 2);
    }
  },

  /**
   * Each of the struck hears a majority of them, itself among these, and no two hear the same one:
   * on a ring, drawn, each hears its nearest. Who hears another need not be heard by it.
   */
  MAJORITIES_RING {
    @Override
    List<Cut> outward(List<String> all, List<String> struck, long draw) {
      List<String> ring = Draw.order(draw, struck);
      int size = ring.size();
      int others = size / 2;
      int before = others / 2;
      List<Cut> cuts = new ArrayList<>();
      for (int hearer = 0; hearer < size; hearer++) {
        for (int distance = others - before + 1; distance < size - before; distance++) {
          cuts.add(new Cut(ring.get((hearer + distance) % size), ring.get(hearer)));
        }
      }
      return cuts;
    }

    @Override
    List<String> side(List<String> struck, long draw) {
      return List.of();
    }

    @Override
    public boolean isMutual() {
      return false;
    }
  };

  /** Who is on the struck side, which is the one that clients may be cut off from. */
  List<String> side(List<String> struck, long draw) {
    return struck;
  }

  /** Who is not heard by whom, from the struck side to the other. */
  abstract List<Cut> outward(List<String> all, List<String> struck, long draw);

  /** Whether the two sides of it can be cut both ways; otherwise each cut is one way as it is. */
  public boolean isMutual() {
    return true;
  }

  /**
   * The cuts, each once.
   *
   * @param all nodes of the cluster
   * @param struck some of them
   * @param ways has no meaning for a shape that is not mutual
   * @param draw decides where something is drawn
   */
  public List<Cut> cuts(List<String> all, List<String> struck, Ways ways, long draw) {
    List<Cut> outward = outward(all, struck, draw);
    if (!isMutual()) {
      return outward;
    }
    List<Cut> inward = outward.stream().map(Cut::reversed).toList();
    return switch (ways) {
      case OUT -> outward;
      case IN -> inward;
      case BOTH -> {
        List<Cut> both = new ArrayList<>(outward);
        both.addAll(inward);
        yield List.copyOf(both);
      }
    };
  }

  private static List<Cut> between(List<String> one, List<String> other) {
    List<Cut> cuts = new ArrayList<>();
    one.forEach(from -> other.forEach(to -> cuts.add(new Cut(from, to))));
    return cuts;
  }

  private static List<String> without(List<String> all, List<String> struck) {
    return all.stream().filter(node -> !struck.contains(node)).toList();
  }

  /** As plans have it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
