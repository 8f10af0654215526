package io.shardquake.harness.certify;

import io.shardquake.checkers.Validity;
import io.shardquake.harness.conformance.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was found out about a server.
 *
 * @param subject what was tested, and how
 * @param promises what became of each promise, in the order of their identifiers
 * @param trials what became of each experiment, in their order
 */
public record Certificate(Subject subject, List<PromiseEntry> promises, List<TrialEntry> trials) {
  public Certificate {
    promises = List.copyOf(promises);
    trials = List.copyOf(trials);
  }

  /**
   * What was tested, and how.
   *
   * @param product what the server calls itself
   * @param version its version
   * @param build its build identifier; empty if it has none
   * @param sha256 the digest of its executable; empty if there is none at hand
   * @param target how it was started
   * @param configuration the shape and the directives of its clusters
   * @param profile what it was held to
   * @param level how much was tested
   * @param date when, in UTC
   * @param harness the version of the harness
   */
  public record Subject(
      String product,
      String version,
      String build,
      String sha256,
      String target,
      String configuration,
      String profile,
      String level,
      String date,
      String harness) {
    /** For people. */
    @Override
    public String toString() {
      return product + (version.isEmpty() ? "" : " " + version);
    }
  }

  /**
   * What became of a promise.
   *
   * @param detail why; empty if it was kept
   * @param evidence the file with the exchange, beside the certificate; empty if there was none
   * @param sha256 its digest; empty if there was none
   */
  public record PromiseEntry(
      String id, Outcome outcome, String detail, String evidence, String sha256) {}

  /**
   * What became of an experiment.
   *
   * @param reason of its verdict
   * @param run the directory of its recordings, beside the certificate
   * @param sha256 the digest of its recordings
   */
  public record TrialEntry(
      String name, long seed, Validity validity, String reason, String run, String sha256) {}

  /** How many promises came to this end. */
  public long count(Outcome outcome) {
    return promises.stream().filter(entry -> entry.outcome() == outcome).count();
  }

  /** Those that came to which end, by chapter. */
  SortedMap<String, Map<Outcome, Integer>> chapters() {
    SortedMap<String, Map<Outcome, Integer>> chapters = new TreeMap<>();
    for (PromiseEntry entry : promises) {
      chapters
          .computeIfAbsent(entry.id().substring(0, 1), id -> new EnumMap<>(Outcome.class))
          .merge(entry.outcome(), 1, Integer::sum);
    }
    return chapters;
  }

  /**
   * INVALID if a promise or the contract of an experiment was broken; else UNKNOWN if a promise or
   * an experiment could not be decided, or nothing was tested; else VALID.
   */
  public Validity validity() {
    Validity validity = count(Outcome.KEPT) == 0 ? Validity.UNKNOWN : Validity.VALID;
    for (PromiseEntry entry : promises) {
      validity =
          switch (entry.outcome()) {
            case KEPT, NOT_APPLICABLE -> validity;
            case BROKEN -> validity.and(Validity.INVALID);
            case INCONCLUSIVE -> validity.and(Validity.UNKNOWN);
          };
    }
    for (TrialEntry trial : trials) {
      validity = validity.and(trial.validity());
    }
    return validity;
  }

  /** The digest over all that it says, and by their digests over all evidence. */
  public String digest() {
    StringBuilder text = new StringBuilder("shardquake-certificate/1\n");
    Subject of = subject;
    for (String line :
        List.of(
            of.product,
            of.version,
            of.build,
            of.sha256,
            of.target,
            of.configuration,
            of.profile,
            of.level,
            of.date,
            of.harness)) {
      text.append(line).append('\n');
    }
    promises.forEach(entry -> text.append(entry).append('\n'));
    trials.forEach(entry -> text.append(entry).append('\n'));
    return Digests.of(text.toString());
  }
}
