package io.shardquake.checkers.topology;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A topology log as what each observer said over time, equal samples drawn together. Immutable. */
public final class ClusterTimeline {
  /** Numbers at the end of names count as numbers: n2 comes before n10. */
  private static final Comparator<String> BY_NAME =
      Comparator.comparing(ClusterTimeline::stem)
          .thenComparing(name -> digits(name).length())
          .thenComparing(Comparator.naturalOrder());

  private final Map<String, List<ViewPeriod>> periods;
  private final Map<String, String> names;

  private ClusterTimeline(Map<String, List<ViewPeriod>> periods, Map<String, String> names) {
    this.periods = Collections.unmodifiableMap(periods);
    this.names = Collections.unmodifiableMap(names);
  }

  /** Reads every sample. One that cannot be read counts as no answer, with the reason. */
  public static ClusterTimeline of(TopologyLog log) {
    Map<String, Draft> drafts = new TreeMap<>(BY_NAME);
    Map<String, String> names = new TreeMap<>();
    for (TopologySample sample : log.samples()) {
      Draft draft = drafts.computeIfAbsent(sample.observer(), Draft::new);
      if (draft.add(sample)) {
        draft
            .view
            .flatMap(ClusterView::myself)
            .ifPresent(myself -> names.put(myself.id(), sample.observer()));
      }
    }
    Map<String, List<ViewPeriod>> periods = new TreeMap<>(BY_NAME);
    drafts.forEach((observer, draft) -> periods.put(observer, draft.finish()));
    return new ClusterTimeline(periods, names);
  }

  /** The observers, {@code n2} before {@code n10}. */
  public List<String> observers() {
    return List.copyOf(periods.keySet());
  }

  /**
   * What the observer said, in order of time and without holes: each period starts where the one
   * before it ended.
   *
   * @throws IllegalArgumentException if it was never sampled
   */
  public List<ViewPeriod> of(String observer) {
    List<ViewPeriod> list = periods.get(observer);
    if (list == null) {
      throw new IllegalArgumentException(observer + " was never sampled");
    }
    return list;
  }

  /** The periods of all observers, by observer and time. */
  public List<ViewPeriod> all() {
    return periods.values().stream().flatMap(List::stream).toList();
  }

  /** The period that the time falls into; the observer's last one for times after it. */
  public Optional<ViewPeriod> at(String observer, long timeNanos) {
    List<ViewPeriod> list = of(observer);
    int low = 0;
    int high = list.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (list.get(middle).fromNanos() <= timeNanos) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? Optional.empty() : Optional.of(list.get(low - 1));
  }

  /** The harness's name of the node with this id; the first eight digits of the id if unknown. */
  public String nameOf(String id) {
    String name = names.get(id);
    return name != null ? name : id.substring(0, Math.min(8, id.length()));
  }

  private static String stem(String name) {
    return name.substring(0, name.length() - digits(name).length());
  }

  private static String digits(String name) {
    int from = name.length();
    while (from > 0 && Character.isDigit(name.charAt(from - 1))) {
      from--;
    }
    return name.substring(from);
  }

  /** Collects one observer's samples. */
  private static final class Draft {
    private final String observer;
    private final List<ViewPeriod> done = new ArrayList<>();
    private boolean started;
    private long from;
    private long last;
    private Optional<ClusterView> view = Optional.empty();
    private String silence = "";
    private @Nullable TopologySample before;

    Draft(String observer) {
      this.observer = observer;
    }

    /** Takes in a sample; whether it was anything new. */
    boolean add(TopologySample sample) {
      TopologySample former = before;
      before = sample;
      if (former != null
          && view.isPresent()
          && sample.answered()
          && former.answered()
          && Restatement.is(former, sample)) {
        last = sample.timeNanos();
        return false;
      }
      Optional<ClusterView> seen = Optional.empty();
      String reason = sample.error();
      if (sample.answered()) {
        try {
          seen = Optional.of(ClusterView.of(sample));
        } catch (IllegalArgumentException unreadable) {
          reason = "unreadable answer: " + unreadable.getMessage();
        }
      }
      if (!started || !reason.equals(silence) || !alike(seen, view)) {
        close(sample.timeNanos());
        from = sample.timeNanos();
        view = seen;
        silence = reason;
      }
      started = true;
      last = sample.timeNanos();
      return true;
    }

    private void close(long until) {
      if (started) {
        done.add(new ViewPeriod(observer, from, last, until, view, silence));
      }
    }

    List<ViewPeriod> finish() {
      close(last);
      return List.copyOf(done);
    }

    private static boolean alike(Optional<ClusterView> a, Optional<ClusterView> b) {
      if (a.isEmpty() || b.isEmpty()) {
        return a.isEmpty() && b.isEmpty();
      }
      ClusterView left = a.get();
      ClusterView right = b.get();
      if (left.info().ok() != right.info().ok()
          || left.info().currentEpoch() != right.info().currentEpoch()
          || left.nodes().size() != right.nodes().size()) {
        return false;
      }
      for (int i = 0; i < left.nodes().size(); i++) {
        if (!alike(left.nodes().get(i), right.nodes().get(i))) {
          return false;
        }
      }
      return true;
    }

    private static boolean alike(NodeView a, NodeView b) {
      return a.id().equals(b.id())
          && a.flags().equals(b.flags())
          && a.master().equals(b.master())
          && a.configEpoch() == b.configEpoch()
          && a.slots().equals(b.slots())
          && a.openSlots().equals(b.openSlots());
    }
  }
}
