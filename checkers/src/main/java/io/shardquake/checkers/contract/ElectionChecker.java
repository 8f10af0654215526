package io.shardquake.checkers.contract;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.Findings;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.contract.Masters.Promotion;
import io.shardquake.checkers.history.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether replicas are promoted when they should be, and not when they cannot have been elected.
 *
 * <ul>
 *   <li>A master that is killed, stopped or cut off, and alone in that, is replaced in time (I05,
 *       G10, G11), if it has a replica that nothing else strikes. The specification gives one and a
 *       half node timeouts to notice, a second to start, and four node timeouts (four seconds at
 *       least) to start again if an election came to nothing, which it may once. What is slow
 *       besides gets five seconds.
 *   <li>Nobody is elected while a majority of the masters is gone (G09, G15): the votes of most of
 *       them are needed. A manual takeover needs none.
 * </ul>
 */
final class ElectionChecker implements Checker {
  private static final long SECOND = 1_000_000_000;

  /** After a fault a node has things to catch up with. */
  private static final long AFTERMATH = 5 * SECOND;

  /** How far behind the truth a sample, and the log of faults, may be. */
  private static final long SAMPLE = 2 * SECOND;

  private final ClusterTerms terms;

  ElectionChecker(ClusterTerms terms) {
    this.terms = terms;
  }

  @Override
  public String name() {
    return "elections";
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    if (evidence.topology().samples().isEmpty()) {
      return Verdict.of(name(), Validity.UNKNOWN, "the topology was not sampled");
    }
    Masters masters = new Masters(evidence.topology().timeline());
    Review review =
        new Review(masters, Strike.of(evidence.faults()), new Attention(evidence.topology()));
    review.strikes.forEach(review::inTime);
    review.promotions.forEach(review::withMajority);
    return new PromiseVerdict("I05 G09 G10 G11 G15")
        .with("promotions", review.promotions.size())
        .with("due", review.due)
        .with("longestNanos", review.longest)
        .of(
            name(),
            review.findings,
            "%,d replicas were promoted, each that was due in time"
                .formatted(review.promotions.size()));
  }

  private final class Review {
    private final Masters masters;
    private final List<Strike> strikes;
    private final Attention attention;
    private final List<Promotion> promotions;
    private final Findings findings = new Findings();
    private long due;
    private long longest;

    Review(Masters masters, List<Strike> strikes, Attention attention) {
      this.attention = attention;
      this.masters = masters;
      this.strikes = strikes;
      this.promotions = masters.promotions();
    }

    /** How long a failover may take. */
    private long bound() {
      long timeout = terms.nodeTimeout().toNanos();
      return timeout * 3 / 2 + SECOND + Math.max(4 * timeout, 4 * SECOND) + AFTERMATH;
    }

    private void inTime(Strike strike) {
      Set<String> owners = masters.at(strike.begunNanos());
      boolean one = strike.nodes().size() == 1 && owners.contains(strike.nodes().get(0));
      if (!one || !strike.cutsTheBus() || owners.size() < 3) {
        return;
      }
      String master = strike.nodes().get(0);
      Optional<Promotion> promotion =
          promotions.stream()
              .filter(p -> p.of().equals(master))
              .filter(p -> p.seenNanos() > strike.begunNanos())
              .filter(p -> p.lastSeenAsReplicaNanos() < strike.overNanos())
              .findFirst();
      promotion
          .filter(p -> p.seenNanos() < strike.overNanos())
          .ifPresent(p -> longest = Math.max(longest, p.seenNanos() - strike.begunNanos()));
      long latest = strike.bitNanos() + bound();
      if (latest > strike.endNanos()
          || !alone(strike, latest)
          || replicas(strike, master) == 0
          || !attention.allSteady(strike.nodes(), strike.begunNanos(), latest)) {
        return;
      }
      due++;
      if (promotion.isEmpty() || promotion.get().seenNanos() > latest) {
        findings.add(
            "failover-overdue",
            Severity.VIOLATION,
            Value.nil(),
            "%s was gone (%s) at %.3f s, and no replica of it was in office %.3f s later"
                .formatted(master, strike.kind(), strike.bitNanos() / 1e9, bound() / 1e9),
            List.of());
      }
    }

    /** Whether no other fault was, or had just been, under way. */
    private boolean alone(Strike strike, long until) {
      return strikes.stream()
          .filter(other -> !other.equals(strike))
          .noneMatch(other -> other.touches(strike.begunNanos() - 2 * AFTERMATH, until));
    }

    private int replicas(Strike strike, String master) {
      return masters.replicasOf(master, strike.begunNanos()).size();
    }

    private void withMajority(Promotion promotion) {
      long from = promotion.lastSeenAsReplicaNanos() - SAMPLE;
      long until = promotion.seenNanos();
      boolean taken = strikes.stream().anyMatch(s -> s.kind().contains("takeover"));
      Set<String> owners = masters.at(from);
      List<String> gone = new ArrayList<>();
      for (String owner : owners) {
        boolean throughout =
            strikes.stream()
                .filter(strike -> strike.kind().equals("kill"))
                .filter(strike -> strike.nodes().contains(owner))
                .anyMatch(strike -> strike.bitNanos() < from && strike.endNanos() > until);
        if (throughout) {
          gone.add(owner);
        }
      }
      if (!taken && !owners.isEmpty() && 2 * gone.size() >= owners.size()) {
        findings.add(
            "elected-without-majority",
            Severity.VIOLATION,
            Value.nil(),
            "%s was promoted by %.3f s while %s of %s were gone"
                .formatted(promotion.node(), until / 1e9, gone, owners),
            List.of());
      }
    }
  }
}
