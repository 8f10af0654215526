package io.shardquake.checkers.contract;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.Findings;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Whether a master that is cut off from the majority of masters stops serving: writes (I04, J03)
 * and, for {@code cluster-allow-reads-when-down} is off, reads as well, so that nobody is served
 * from a dead branch.
 *
 * <p>The specification says: after the node timeout. A node that was heard just before the cut is
 * asked again only half a node timeout later (E07), and state is looked at ten times a second; so
 * it is held to one and a half node timeouts and a second. How long it really served is measured.
 */
final class MinorityChecker implements Checker {
  private static final long TO_SPARE = 1_000_000_000;

  private final ClusterTerms terms;
  private final Set<String> answeredWhileDown;

  /**
   * @param answeredWhileDown functions that a node may answer although its cluster is down
   */
  MinorityChecker(ClusterTerms terms, Collection<String> answeredWhileDown) {
    this.terms = terms;
    this.answeredWhileDown = Set.copyOf(answeredWhileDown);
  }

  @Override
  public String name() {
    return "minority-stops-serving";
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    Masters masters = new Masters(evidence.topology().timeline());
    long allowed = terms.nodeTimeout().toNanos() * 3 / 2 + TO_SPARE;
    Findings findings = new Findings();
    int cuts = 0;
    long longest = 0;
    for (Strike strike : Strike.of(evidence.faults())) {
      Set<String> all = masters.at(strike.begunNanos());
      long struck = strike.nodes().stream().filter(all::contains).count();
      boolean minority = struck > 0 && 2 * struck < all.size();
      if (strike.cutsTheBus() && strike.leavesClients() && minority) {
        cuts++;
        longest = Math.max(longest, judge(evidence, strike, allowed, findings));
      }
    }
    return new PromiseVerdict("I04 J03")
        .with("mastersCutOff", cuts)
        .with("longestServedNanos", longest)
        .of(
            name(),
            findings,
            cuts == 0
                ? "no master was cut off from the majority while clients could reach it"
                : "masters cut off from the majority served for %.3f s at most"
                    .formatted(longest / 1e9));
  }

  /** How long after the cut the struck nodes still served. */
  private long judge(Evidence evidence, Strike strike, long allowed, Findings findings) {
    History history = evidence.history();
    Attention attention = new Attention(evidence.topology());
    long longest = 0;
    for (int row = 0; row < history.size(); row++) {
      List<String> nodes = history.attribution(row).nodes();
      boolean served =
          history.type(row) == Completion.Type.OK
              && nodes.size() == 1
              && strike.nodes().contains(nodes.get(0))
              && !answeredWhileDown.contains(history.functionName(history.function(row)))
              && history.invocationTimeNanos(row) > strike.bitNanos()
              && history.completionTimeNanos(row) < strike.endNanos();
      if (served) {
        long after = history.invocationTimeNanos(row) - strike.bitNanos();
        longest = Math.max(longest, after);
        long since = strike.bitNanos();
        if (after > allowed && attention.steady(nodes.get(0), since, since + after)) {
          Value key = history.keyValue(history.key(row));
          findings.add(
              "served-by-minority",
              Severity.VIOLATION,
              key,
              "%s answered an operation that began %.3f s after it had been cut off from the majority"
                  .formatted(nodes.get(0), after / 1e9),
              List.of(history.invocationIndex(row)));
        }
      }
    }
    return longest;
  }
}
