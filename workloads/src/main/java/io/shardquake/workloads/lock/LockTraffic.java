package io.shardquake.workloads.lock;

import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.generator.Generator;
import io.shardquake.workloads.generator.GeneratorContext;
import io.shardquake.workloads.generator.GeneratorEvent;
import io.shardquake.workloads.generator.GeneratorEvent.Completed;
import io.shardquake.workloads.generator.GeneratorEvent.Result;
import io.shardquake.workloads.generator.RandomSource;
import io.shardquake.workloads.generator.Request;
import io.shardquake.workloads.generator.Step;
import io.shardquake.workloads.keys.ActiveKey;
import io.shardquake.workloads.keys.ActiveKeys;
import java.util.ArrayList;
import java.util.List;

/**
 * Attempts to acquire and to release, without end. A process that holds a lock releases it when its
 * turn comes next, unless it forgets.
 *
 * @param held the locks that processes hold, the first taken first
 * @param tokens how many attempts there were; each has a token of its own
 */
record LockTraffic(ActiveKeys keys, List<Held> held, long tokens) implements Generator {
  private static final int FORGETFUL_OF_TEN = 3;
  private static final int SHORTEST_MILLIS = 200;
  private static final int MORE_MILLIS = 2_800;

  /** A process holds a lock. */
  record Held(int process, Value key, Value token) {}

  static Generator on(ActiveKeys keys) {
    return new LockTraffic(keys, List.of(), 0);
  }

  @Override
  public Step next(GeneratorContext context) {
    if (context.freeWorkers() == 0) {
      return Step.pending(this);
    }
    RandomSource random = context.random();
    int process = context.anyFreeProcess();
    for (Held lock : held) {
      if (lock.process() == process) {
        LockTraffic without = without(lock);
        if (random.nextInt(10) >= FORGETFUL_OF_TEN) {
          Request release = new Request(LockCommands.RELEASE, lock.key(), lock.token());
          return new Step.Emit(context.nowNanos(), process, release, without);
        }
        return without.acquire(context, process);
      }
    }
    return acquire(context, process);
  }

  private Step acquire(GeneratorContext context, int process) {
    ActiveKey key = keys.any(context.random());
    long token = tokens + 1;
    int millis = SHORTEST_MILLIS + context.random().nextInt(MORE_MILLIS);
    Request request =
        new Request(
            LockCommands.ACQUIRE, key.name(), Value.pair(Value.of(token), Value.of(millis)));
    Generator rest = new LockTraffic(keys.afterOperation(key, true), held, token);
    return new Step.Emit(context.nowNanos(), process, request, rest);
  }

  @Override
  public Generator update(GeneratorContext context, GeneratorEvent event) {
    Request request = event.request();
    boolean acquired =
        event instanceof Completed completed
            && completed.result() == Result.OK
            && request.function().equals(LockCommands.ACQUIRE);
    if (!acquired) {
      return this;
    }
    List<Held> more = new ArrayList<>(held);
    Value token = ((Value.Sequence) request.value()).items().get(0);
    more.add(new Held(event.process(), request.key(), token));
    return new LockTraffic(keys, List.copyOf(more), tokens);
  }

  private LockTraffic without(Held lock) {
    List<Held> fewer = new ArrayList<>(held);
    fewer.remove(lock);
    return new LockTraffic(keys, List.copyOf(fewer), tokens);
  }
}
