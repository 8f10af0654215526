package io.shardquake.faults.plan;

import io.shardquake.faults.plan.FaultKind.Aim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator.SplittableGenerator;

/**
 * Makes a fault plan from a seed: the same options and an equal generator give the same plan.
 *
 * <pre>
 *  |--quiet--|== wave ==|--recovery--|== wave ==|--recovery--|== wave ==|--quiet--|
 * </pre>
 *
 * A wave is one fault, or up to {@link Intensity#atOnce()} that overlap. Every length is drawn in
 * node timeouts. When the traffic is too short for that, all lengths shrink alike, so that any
 * experiment, however short, has at least one wave with time before and after it.
 *
 * <p>Of the faults that strike their nodes together one half is long enough for a failover: what is
 * healed before the replicas are elected tests little of what a cluster promises.
 *
 * <p>Each fault is drawn from a generator of its own, split off, and carries the number that its
 * selector draws with. Of a fault that strikes one node after the other the whole length can only
 * be estimated: as {@code nodes × (duration + node timeout)}. If even the shortest such fault does
 * not fit, the first one is planned nevertheless, without any duration, rather than that an
 * experiment has no fault.
 */
public final class FaultPlanner {
  /** The quiet before the first wave and after the last, in node timeouts. */
  private static final double QUIET = 2;

  /**
   * What a failover takes beside the node timeouts: FAIL has to be agreed on, a replica waits 500
   * ms and up to as much again, the vote and the news of it have to get around.
   */
  private static final long ELECTION = Duration.ofMillis(1500).toNanos();

  /** Within how many node timeouts a majority agrees that a node has failed. */
  private static final double DETECTION = 1.5;

  /** Times are rounded to this, because people read plans; finer where runs are very short. */
  private static final long COARSE = Duration.ofMillis(1).toNanos();

  private final PlannerOptions options;
  private final SplittableGenerator random;

  /** As long as the cluster's, or shorter where the traffic leaves no room for that. */
  private final long nodeTimeout;

  private final long grain;

  private FaultPlanner(PlannerOptions options, SplittableGenerator random) {
    this.options = options;
    this.random = random;
    Intensity intensity = options.intensity();
    double shortestRun = 2 * QUIET + intensity.shortest() + intensity.longest();
    this.nodeTimeout =
        Math.min(
            options.nodeTimeout().toNanos(), (long) (options.traffic().toNanos() / shortestRun));
    this.grain = nodeTimeout > 100 * COARSE ? COARSE : 1;
  }

  /** Draws a plan. Uses up the generator. */
  public static FaultPlan plan(PlannerOptions options, SplittableGenerator random) {
    return options.kinds().isEmpty()
        ? FaultPlan.EMPTY
        : new FaultPlan(new FaultPlanner(options, random).faults());
  }

  private List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    long quiet = timeouts(QUIET);
    long end = options.traffic().toNanos() - quiet;
    long recovery = timeouts(options.intensity().recovery());
    long start = quiet;
    while (end - start >= shortest()) {
      long over = start;
      for (Placed placed : wave(start, end, faults.isEmpty())) {
        faults.add(placed.fault());
        over = Math.max(over, placed.end());
      }
      start = over + recovery + (long) (random.split().nextDouble() * recovery);
    }
    return faults;
  }

  /** A fault, and when it is over, as far as that can be told. */
  private record Placed(Fault fault, long end) {}

  private List<Placed> wave(long start, long end, boolean first) {
    int size = 1 + random.split().nextInt(options.intensity().atOnce());
    List<Placed> wave = new ArrayList<>();
    long begin = start;
    long over = start;
    for (int i = 0; i < size; i++) {
      SplittableGenerator own = random.split();
      Optional<Placed> placed = place(own, begin, end, first && wave.isEmpty());
      placed.ifPresent(wave::add);
      over = Math.max(over, placed.map(Placed::end).orElse(start));
      // The next one begins while at least one of this wave is still going on.
      begin = start + (long) (own.nextDouble() * (over - start));
    }
    return wave;
  }

  private Optional<Placed> place(
      SplittableGenerator own, long begin, long end, boolean atAnyPrice) {
    FaultKind kind = options.kinds().get(own.nextInt(options.kinds().size()));
    List<Aim> aims = kind.aimsAt(options.intensity(), options.shape());
    Aim aim = aims.get(own.nextInt(aims.size()));
    // Fits a double exactly: tools that edit JSON keep numbers in doubles.
    long draw = own.nextLong() >>> 11;
    double drawn = own.nextDouble();
    boolean oneByOne = kind.length() == FaultKind.Length.ONE_BY_ONE;
    long length = !oneByOne && own.nextBoolean() ? lengthWithFailover(drawn) : length(drawn);
    int nodes = oneByOne ? options.shape().nodes() : 1;
    long allowance = oneByOne ? nodeTimeout : 0;
    long at = roundUp(begin);
    long room = (end - at) / nodes - allowance;
    if (room < shortest() && !atAnyPrice) {
      return Optional.empty();
    }
    long lasts = roundDown(Math.max(0, Math.min(length, room)));
    Fault fault =
        new Fault(
            kind.name(),
            aim.on(),
            Duration.ofNanos(at),
            Duration.ofNanos(lasts),
            draw,
            aim.parameters());
    return Optional.of(new Placed(fault, at + nodes * (lasts + allowance)));
  }

  /** Log-uniform, so that faults too short to be noticed are as likely as long ones. */
  private long length(double drawn) {
    double shortest = options.intensity().shortest();
    double longest = options.intensity().longest();
    return timeouts(shortest * StrictMath.pow(longest / shortest, drawn));
  }

  private long lengthWithFailover(double drawn) {
    long failover = timeouts(DETECTION) + ELECTION;
    long most = Math.max(timeouts(options.intensity().longest()), failover + nodeTimeout);
    return failover + (long) (drawn * (most - failover));
  }

  private long shortest() {
    return timeouts(options.intensity().shortest());
  }

  private long timeouts(double count) {
    return (long) (count * nodeTimeout);
  }

  private long roundDown(long nanos) {
    return nanos - nanos % grain;
  }

  private long roundUp(long nanos) {
    return roundDown(nanos + grain - 1);
  }
}
