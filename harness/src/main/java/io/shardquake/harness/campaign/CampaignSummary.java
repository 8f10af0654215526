package io.shardquake.harness.campaign;

import io.shardquake.checkers.Validity;
import io.shardquake.workloads.pubsub.PubSubWorkload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * What came of a campaign, failures grouped by what is wrong.
 *
 * @param outcomes of all seeds
 * @param wallNanos that the campaign took
 */
public record CampaignSummary(List<SeedOutcome> outcomes, long wallNanos) {
  private static final int SEEDS_SHOWN = 5;

  /** Who finds that a run proved nothing because nothing happened in it: that is no failure. */
  private static final Set<String> UNEVENTFUL = Set.of("faults", "statistics");

  public CampaignSummary {
    outcomes = List.copyOf(outcomes);
  }

  /**
   * The worst that was found. Seeds in which nothing was broken, or nothing succeeded, prove
   * nothing and spoil nothing, as long as there is one that proves something.
   */
  public Validity validity() {
    Validity worst =
        outcomes.stream()
            .filter(outcome -> !isUneventful(outcome))
            .map(SeedOutcome::validity)
            .reduce(Validity::and)
            .orElse(Validity.UNKNOWN);
    return worst;
  }

  private static boolean isUneventful(SeedOutcome outcome) {
    return outcome.validity() == Validity.UNKNOWN
        && outcome.fingerprint().filter(CampaignSummary::tellsOfNothing).isPresent();
  }

  private static boolean tellsOfNothing(Fingerprint print) {
    return UNEVENTFUL.contains(print.checker())
        || print.anomaly().equals(PubSubWorkload.NOTHING_HEARD);
  }

  /**
   * Everything as text.
   *
   * @param again the command that repeats a seed
   */
  public String text(LongFunction<String> again) {
    StringBuilder text = new StringBuilder();
    Map<Fingerprint, List<SeedOutcome>> groups = new TreeMap<>();
    for (SeedOutcome outcome : outcomes) {
      outcome
          .fingerprint()
          .ifPresent(print -> groups.computeIfAbsent(print, one -> new ArrayList<>()).add(outcome));
    }
    groups.forEach((print, group) -> append(text, print, group, again));
    long valid = outcomes.stream().filter(one -> one.validity() == Validity.VALID).count();
    long uneventful = outcomes.stream().filter(CampaignSummary::isUneventful).count();
    long invalid = outcomes.stream().filter(one -> one.validity() == Validity.INVALID).count();
    double virtual = outcomes.stream().mapToLong(SeedOutcome::virtualNanos).sum() / 1e9;
    long events = outcomes.stream().mapToLong(SeedOutcome::events).sum();
    double processor =
        Math.max(1, outcomes.stream().mapToLong(SeedOutcome::processorNanos).sum()) / 1e9;
    double wall = Math.max(1, wallNanos) / 1e9;
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %,d seeds, %,d valid, %,d invalid, %,d in which nothing happened, %,d undecided%n"
                + "%,.0f virtual seconds in %,.0f s (%,.0f times as fast); a second of processor time:"
                + " %,.0f virtual seconds, %,.0f events%n",
            validity(),
            outcomes.size(),
            valid,
            invalid,
            uneventful,
            outcomes.size() - valid - invalid - uneventful,
            virtual,
            wall,
            virtual / wall,
            virtual / processor,
            events / processor));
    return text.toString();
  }

  private static void append(
      StringBuilder text, Fingerprint print, List<SeedOutcome> group, LongFunction<String> again) {
    SeedOutcome first = group.get(0);
    text.append(
        String.format(
            Locale.ROOT,
            "%-8s %s%n         %d seeds: %s%s%n         %s%n         repeat: %s%n%n",
            first.validity(),
            print,
            group.size(),
            String.join(
                " ",
                group.stream()
                    .limit(SEEDS_SHOWN)
                    .map(outcome -> Long.toString(outcome.seed()))
                    .toList()),
            group.size() > SEEDS_SHOWN ? " ..." : "",
            first.reason(),
            again.apply(first.seed())));
  }
}
