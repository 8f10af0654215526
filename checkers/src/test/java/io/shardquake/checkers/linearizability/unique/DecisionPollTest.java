package io.shardquake.checkers.linearizability.unique;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.LimitPoll;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.model.Call;
import io.shardquake.checkers.linearizability.model.Specification;
import io.shardquake.checkers.linearizability.oracle.CountingClock;
import io.shardquake.checkers.linearizability.oracle.SyntheticRegister;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** No phase of a near-linear algorithm goes over a long history without asking the limits. */
class DecisionPollTest {
  private static final int OPERATIONS = 30_000;
  private static final Value NIL = Value.nil();

  private final CountingClock clock = CountingClock.silent();
  private final LimitPoll poll = new LimitPoll(clock.limits());

  @Test
  void everyPhaseForRegistersAsksTheLimits() {
    ObjectHistory history =
        SyntheticRegister.generate(new SyntheticRegister.Shape(OPERATIONS, 10, 2, 0, true), 3);
    Accesses accesses =
        asking(
            "the accesses",
            () -> Accesses.of(history, new Specification.Register(NIL, true), poll).orElseThrow());
    Clusters clusters = asking("the clusters", () -> new Clusters(accesses));
    assertThat(asking("the readers", clusters::attachReaders)).isEmpty();
    Chains chains = new Chains(clusters);
    assertThat(asking("the chains", chains::build)).isEmpty();
    assertThat(asking("the zones", () -> new Zones(clusters, chains).conflict())).isEmpty();
    asking("the order", () -> new RegisterOrder(accesses, clusters, chains).order());
  }

  @Test
  void everyPhaseForQueuesAsksTheLimits() {
    QueueHistory queue =
        asking("the kinds", () -> QueueHistory.of(queueHistory(), List.of(), poll).orElseThrow());
    QueueItems items = asking("the items", () -> new QueueItems(queue));
    assertThat(asking("the dequeues", items::attachDequeues)).isEmpty();
    assertThat(asking("the order", () -> new FifoOrder(items).conflict())).isEmpty();
    assertThat(asking("the emptiness", () -> Emptiness.conflict(items))).isEmpty();
    assertThat(asking("the balances", () -> new Balances(queue).overdrawn())).isEmpty();
  }

  @Test
  void everyPhaseForSetsAsksTheLimits() {
    SetReads reads =
        asking("the reads", () -> SetReads.of(setHistory(), List.of(), poll).orElseThrow());
    SetChain chain = new SetChain(reads);
    assertThat(asking("the chain", chain::build)).isEmpty();
    assertThat(asking("the order", () -> new SetOrder(reads, chain).conflict())).isEmpty();
  }

  /** Each value is taken out at once, and then nothing is found. */
  private static ObjectHistory queueHistory() {
    ObjectHistory.Builder builder = new ObjectHistory.Builder(NIL);
    for (int row = 0; row < OPERATIONS; row++) {
      Call call =
          switch (row % 3) {
            case 0 -> new Call("enqueue", Value.of(row), Optional.of(NIL));
            case 1 -> new Call("dequeue", NIL, Optional.of(Value.of(row - 1)));
            default -> new Call("dequeue", NIL, Optional.of(NIL));
          };
      builder.add(row, 2L * row, 2L * row + 1, call);
    }
    return builder.build();
  }

  /** One element after another, and a read of all. */
  private static ObjectHistory setHistory() {
    ObjectHistory.Builder builder = new ObjectHistory.Builder(NIL);
    for (int row = 0; row < OPERATIONS; row++) {
      builder.add(row, 2L * row, 2L * row + 1, new Call("add", Value.of(row), Optional.of(NIL)));
    }
    Value all = Value.of(IntStream.range(0, OPERATIONS).mapToObj(Value::of).toList());
    return builder
        .add(
            OPERATIONS,
            2L * OPERATIONS,
            2L * OPERATIONS + 1,
            new Call("read", NIL, Optional.of(all)))
        .build();
  }

  private <T> T asking(String phase, Supplier<T> work) {
    return clock.lookedAtDuring(phase, OPERATIONS / 3, work);
  }
}
