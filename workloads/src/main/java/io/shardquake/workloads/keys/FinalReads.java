package io.shardquake.workloads.keys;

import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.generator.Generator;
import io.shardquake.workloads.generator.GeneratorContext;
import io.shardquake.workloads.generator.GeneratorEvent;
import io.shardquake.workloads.generator.Request;
import io.shardquake.workloads.generator.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Reads every key once. When all reads have completed, the keys whose read did not succeed are read
 * again, for a number of rounds in all: what is not read in the end cannot be judged. Immutable.
 */
public final class FinalReads implements Generator {
  private static final int ROUNDS = 3;

  private final String function;
  private final List<Value> keys;
  private final int position;
  private final int round;
  private final Optional<Unread> unread;

  /** A key whose read did not succeed, before others. A list would be copied at each failure. */
  private record Unread(Value key, Optional<Unread> others) {}

  private FinalReads(
      String function, List<Value> keys, int position, int round, Optional<Unread> unread) {
    this.function = function;
    this.keys = keys;
    this.position = position;
    this.round = round;
    this.unread = unread;
  }

  /** Reads of these keys by the function of that name. */
  public static Generator of(String function, List<Value> keys) {
    return new FinalReads(function, List.copyOf(keys), 0, 1, Optional.empty());
  }

  @Override
  public Step next(GeneratorContext context) {
    if (position < keys.size()) {
      if (context.freeWorkers() == 0) {
        return Step.pending(this);
      }
      Request request = new Request(function, keys.get(position), Value.nil());
      FinalReads rest = new FinalReads(function, keys, position + 1, round, unread);
      return new Step.Emit(context.nowNanos(), context.anyFreeProcess(), request, rest);
    }
    if (!context.allFree()) {
      return Step.pending(this);
    }
    if (unread.isEmpty() || round == ROUNDS) {
      return Step.exhausted();
    }
    return new FinalReads(function, unreadKeys(), 0, round + 1, Optional.empty()).next(context);
  }

  @Override
  public Generator update(GeneratorContext context, GeneratorEvent event) {
    if (event instanceof GeneratorEvent.Completed completed
        && completed.result() != GeneratorEvent.Result.OK) {
      Unread more = new Unread(event.request().key(), unread);
      return new FinalReads(function, keys, position, round, Optional.of(more));
    }
    return this;
  }

  private List<Value> unreadKeys() {
    List<Value> latestFirst = new ArrayList<>();
    for (Optional<Unread> at = unread; at.isPresent(); at = at.get().others()) {
      latestFirst.add(at.get().key());
    }
    Collections.reverse(latestFirst);
    return latestFirst;
  }
}
