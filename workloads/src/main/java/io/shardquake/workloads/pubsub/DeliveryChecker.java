package io.shardquake.workloads.pubsub;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.Findings;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds what subscribers heard to what publish and subscribe promises: at most once, nothing from
 * nowhere, and what one node was told in an order is heard in that order.
 *
 * <p>When exactly a subscription began and ended, a history does not say. It need not: a subscriber
 * that heard a message <i>a</i> and a message <i>c</i> was subscribed all the time between, and
 * must have heard each <i>b</i> that was published after <i>a</i> had been acknowledged and was
 * acknowledged before <i>c</i> was published. A node that takes the message and serves the
 * subscriber hands it over itself, in one thread. From another node it comes over the cluster bus,
 * which repeats nothing: what breaks with the bus is not promised, and is told as a note.
 */
final class DeliveryChecker implements Checker {
  private final String name;
  private final Severity overTheBus;

  private DeliveryChecker(String name, Severity overTheBus) {
    this.name = name;
    this.overTheBus = overTheBus;
  }

  /** As if all nodes were one server. */
  static DeliveryChecker ofOneServer() {
    return new DeliveryChecker("message-delivery-of-one-server", Severity.VIOLATION);
  }

  /** What a cluster promises. */
  static DeliveryChecker ofCluster() {
    return new DeliveryChecker("message-delivery", Severity.NOTE);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    Review review = new Review(evidence.history());
    for (int channel = 0; channel < evidence.history().keyCount(); channel++) {
      review.judge(channel);
    }
    if (review.heard == 0) {
      return Verdict.of(name, Validity.UNKNOWN, PubSubWorkload.NOTHING_HEARD);
    }
    return review.findings.verdict(name, review.summary(), review.figures());
  }

  /** The work on one history. */
  private final class Review {
    private final History history;
    private final Findings findings = new Findings();
    private long listenings;
    private long published;
    private long heard;
    private long missed;

    Review(History history) {
      this.history = history;
    }

    String summary() {
      return "%,d listenings heard %,d messages of %,d, each at most once and in order"
          .formatted(listenings, heard, published);
    }

    Value.Mapping figures() {
      Map<String, Value> figures = new LinkedHashMap<>();
      figures.put("published", Value.of(published));
      figures.put("listenings", Value.of(listenings));
      figures.put("heard", Value.of(heard));
      figures.put("missedOnTheBus", Value.of(missed));
      return new Value.Mapping(figures);
    }

    void judge(int channel) {
      Map<Value, Integer> publications = new LinkedHashMap<>();
      List<Integer> rows = history.rowsOfKey(channel).stream().boxed().toList();
      for (int row : rows) {
        if (history.functionName(history.function(row)).equals(PubSubWorkload.PUBLISH)) {
          publications.put(history.argument(row), row);
        }
      }
      published += publications.size();
      for (int row : rows) {
        if (!history.functionName(history.function(row)).equals(PubSubWorkload.PUBLISH)
            && history.type(row) == Completion.Type.OK) {
          listenings++;
          judge(row, publications);
        }
      }
    }

    private void judge(int listening, Map<Value, Integer> publications) {
      List<Value> messages = ((Value.Sequence) history.result(listening)).items();
      heard += messages.size();
      Set<Value> known = new HashSet<>();
      for (Value message : messages) {
        if (!known.add(message)) {
          tell("message-twice", Severity.VIOLATION, listening, message + " was heard twice");
        }
        origin(listening, message, publications);
      }
      List<Integer> origins =
          messages.stream()
              .distinct()
              .filter(publications::containsKey)
              .map(publications::get)
              .toList();
      order(listening, origins);
      gaps(listening, origins, publications.values().stream().toList());
    }

    private void origin(int listening, Value message, Map<Value, Integer> publications) {
      Integer publication = publications.get(message);
      if (publication == null
          || history.type(publication) == Completion.Type.FAIL
          || history.invocationIndex(publication) > history.completionIndex(listening)) {
        tell(
            "message-from-nowhere",
            Severity.VIOLATION,
            listening,
            message + " was heard, and nobody had published it");
      }
    }

    /** Backwards: what was heard later must not have been over before this one began. */
    private void order(int listening, List<Integer> origins) {
      Map<List<String>, Integer> earliest = new HashMap<>();
      for (int i = origins.size() - 1; i >= 0; i--) {
        int row = origins.get(i);
        if (history.type(row) != Completion.Type.OK) {
          continue;
        }
        List<String> node = history.attribution(row).nodes();
        Integer later = earliest.get(node);
        if (later != null && history.completionIndex(later) < history.invocationIndex(row)) {
          tell(
              "message-out-of-order",
              severity(listening, row),
              listening,
              "%s was published after %s, and heard before it"
                  .formatted(history.argument(row), history.argument(later)));
        }
        if (later == null || history.completionIndex(row) < history.completionIndex(later)) {
          earliest.put(node, row);
        }
      }
    }

    private void gaps(int listening, List<Integer> origins, List<Integer> publications) {
      Map<List<String>, long[]> spans = new HashMap<>();
      for (int row : origins) {
        if (history.type(row) == Completion.Type.OK) {
          long[] span =
              spans.computeIfAbsent(
                  history.attribution(row).nodes(),
                  node -> new long[] {Long.MAX_VALUE, Long.MIN_VALUE});
          span[0] = Math.min(span[0], history.completionIndex(row));
          span[1] = Math.max(span[1], history.invocationIndex(row));
        }
      }
      Set<Integer> present = new HashSet<>(origins);
      for (int row : publications) {
        long[] span = spans.get(history.attribution(row).nodes());
        if (span != null
            && history.type(row) == Completion.Type.OK
            && span[0] < history.invocationIndex(row)
            && history.completionIndex(row) < span[1]
            && !present.contains(row)) {
          miss(listening, row);
        }
      }
    }

    private void miss(int listening, int publication) {
      if (!sameNode(listening, publication)) {
        missed++;
      }
      tell(
          "message-missed",
          severity(listening, publication),
          listening,
          "%s was not heard, although something from before it and something from after it were"
              .formatted(history.argument(publication)));
    }

    private Severity severity(int listening, int publication) {
      return sameNode(listening, publication) ? Severity.VIOLATION : overTheBus;
    }

    private boolean sameNode(int listening, int publication) {
      return history
          .attribution(listening)
          .nodes()
          .equals(history.attribution(publication).nodes());
    }

    private void tell(String kind, Severity severity, int listening, String what) {
      Value channel = history.keyValue(history.key(listening));
      findings.add(
          kind,
          severity,
          channel,
          channel + ": " + what,
          List.of(history.invocationIndex(listening)));
    }
  }
}
