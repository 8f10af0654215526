package io.shardquake.workloads.queue;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Findings;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.durability.Allowance;
import io.shardquake.checkers.durability.Failovers;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Holds queues to what Redis Cluster promises of them: an item that was put in comes out once, or
 * is still there in the end, and items come out in the order in which they went in. A failover may
 * undo the last changes, so that an item is lost, or comes out again; see {@link
 * io.shardquake.checkers.durability.Fate}.
 *
 * <p>A removal of unknown outcome may have taken an item that is then missing: so many missing
 * items are excused as there are such removals.
 */
final class QueueChecker implements Checker {
  private final Allowance allowed;

  QueueChecker(Allowance allowed) {
    this.allowed = allowed;
  }

  @Override
  public String name() {
    return "queue-items";
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    History history = evidence.history();
    Findings findings = new Findings();
    Failovers failovers = Failovers.of(evidence, allowed);
    long items = 0;
    long unread = 0;
    for (int key = 0; key < history.keyCount(); key++) {
      QueueStory story = QueueStory.of(history, key, failovers);
      new QueueJudge(history, failovers, findings, story).judge();
      items += story.entries().size();
      unread += story.lastContents().isEmpty() ? 1 : 0;
    }
    if (items == 0) {
      return Verdict.of(name(), Validity.UNKNOWN, "nothing was put into a queue");
    }
    Map<String, Value> figures = new LinkedHashMap<>();
    figures.put("items", Value.of(items));
    figures.put("queuesNotReadInTheEnd", Value.of(unread));
    return findings.verdict(
        name(),
        "%,d items came out once and in order, or are still there".formatted(items),
        new Value.Mapping(figures));
  }
}
