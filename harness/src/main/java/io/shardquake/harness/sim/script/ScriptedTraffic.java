package io.shardquake.harness.sim.script;

import io.shardquake.workloads.generator.Generator;
import io.shardquake.workloads.generator.GeneratorContext;
import io.shardquake.workloads.generator.GeneratorEvent;
import io.shardquake.workloads.generator.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * Emits the requests of a script, each worker's in their order. A worker that is still busy when
 * its next request is due makes it as soon as it is free, and holds up nobody else. After the last
 * request there is silence until the time of the traffic is over, so that what faults do then does
 * not depend on requests.
 */
public final class ScriptedTraffic implements Generator {
  private final List<List<ScriptedRequest>> byWorker;
  private final int[] positions;
  private final long startNanos;

  private ScriptedTraffic(List<List<ScriptedRequest>> byWorker, int[] positions, long startNanos) {
    this.byWorker = byWorker;
    this.positions = positions;
    this.startNanos = startNanos;
  }

  /** All of a script, from the moment on at which it is first asked. */
  public static ScriptedTraffic of(Script script) {
    List<List<ScriptedRequest>> byWorker = new ArrayList<>();
    for (int worker = 0; worker < script.workers(); worker++) {
      int own = worker;
      byWorker.add(script.requests().stream().filter(request -> request.worker() == own).toList());
    }
    return new ScriptedTraffic(byWorker, new int[script.workers()], -1);
  }

  @Override
  public Step next(GeneratorContext context) {
    long start = startNanos < 0 ? context.nowNanos() : startNanos;
    int first = -1;
    for (int worker = 0; worker < positions.length; worker++) {
      if (positions[worker] == byWorker.get(worker).size()) {
        continue;
      }
      boolean sooner = first < 0 || due(worker).atNanos() < due(first).atNanos();
      if (context.isFree(worker) && sooner) {
        first = worker;
      }
    }
    if (first < 0) {
      return Step.pending(new ScriptedTraffic(byWorker, positions, start));
    }
    int[] moved = positions.clone();
    moved[first]++;
    return new Step.Emit(
        Math.max(context.nowNanos(), start + due(first).atNanos()),
        context.processOf(first),
        due(first).request(),
        new ScriptedTraffic(byWorker, moved, start));
  }

  private ScriptedRequest due(int worker) {
    return byWorker.get(worker).get(positions[worker]);
  }

  @Override
  public Generator update(GeneratorContext context, GeneratorEvent event) {
    return this;
  }
}
