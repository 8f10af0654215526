package io.shardquake.harness.sim.script;

import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Operation;
import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.generator.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Requests in the order of their times. Immutable. */
public record Script(List<ScriptedRequest> requests) {
  public Script {
    requests = List.copyOf(requests);
  }

  /**
   * What clients asked in a run.
   *
   * @param workers how many processes worked at a time
   * @param untilNanos what was asked later belongs to the final reads
   */
  public static Script of(History history, int workers, long untilNanos) {
    List<ScriptedRequest> requests = new ArrayList<>();
    long start = history.size() == 0 ? 0 : history.invocationTimeNanos(0);
    for (Operation operation : history) {
      var invocation = operation.invocation();
      if (invocation.timeNanos() <= untilNanos) {
        requests.add(
            new ScriptedRequest(
                invocation.timeNanos() - start,
                invocation.process() % workers,
                new Request(invocation.function(), invocation.key(), invocation.value())));
      }
    }
    return new Script(requests);
  }

  /** Those requests alone that ask for one of some keys. */
  public Script on(Set<Value> keys) {
    return new Script(
        requests.stream().filter(asked -> keys.contains(asked.request().key())).toList());
  }

  /** Those requests alone that some workers make. */
  public Script by(Set<Integer> workers) {
    return new Script(requests.stream().filter(asked -> workers.contains(asked.worker())).toList());
  }

  /** Those requests alone that are made before a time. */
  public Script before(long nanos) {
    return new Script(requests.stream().filter(asked -> asked.atNanos() < nanos).toList());
  }

  /** The same, everything earlier. */
  public Script earlierBy(long nanos) {
    return new Script(
        requests.stream()
            .map(
                asked ->
                    new ScriptedRequest(
                        Math.max(0, asked.atNanos() - nanos), asked.worker(), asked.request()))
            .toList());
  }

  /** How many workers it needs; at least 1. */
  public int workers() {
    return 1 + requests.stream().mapToInt(ScriptedRequest::worker).max().orElse(0);
  }
}
