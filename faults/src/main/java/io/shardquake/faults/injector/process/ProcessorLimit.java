package io.shardquake.faults.injector.process;

import io.shardquake.faults.nemesis.Effect;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Injector;
import io.shardquake.faults.nemesis.Waits;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Mechanism;
import io.shardquake.faults.plan.Parameter;
import io.shardquake.faults.plan.Selector.Group;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** A quota of processor time, kept by the operating system. */
final class ProcessorLimit implements Injector {
  private static final String SHARE = "share";

  static final FaultKind KIND =
      new FaultKind(
          "cpu-limit",
          "limits the processor time of nodes to a share of one processor",
          """
          What a container with a small quota gets. Everything takes longer, and nothing is lost; a \
          master that is too slow for the node timeout is replaced although it works.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_MASTER, Intensity.CALM),
              new Aim(Group.RANDOM_NODE, Intensity.CALM),
              new Aim(Group.ALL_MASTERS, Intensity.NORMAL)),
          new TreeMap<>(Map.of(SHARE, Parameter.share("of one processor", "0.05"))),
          List.of(Mechanism.PROCESSOR_LIMIT),
          FaultKind.Use.ANY);

  @Override
  public FaultKind kind() {
    return KIND;
  }

  @Override
  public CompletionStage<List<Effect>> inject(Injection injection) {
    double share = Double.parseDouble(KIND.value(injection.fault(), SHARE));
    return Waits.all(
        injection.nodes(),
        node ->
            limit(injection, node, Math.max(0.01, share))
                .thenApply(done -> Effect.proven(node, "gets " + share + " of a processor"))
                .exceptionally(failure -> Effect.wanting(node, failure)));
  }

  private static CompletionStage<Void> limit(Injection injection, String node, double share) {
    return injection
        .waits()
        .within(
            injection.bounds().ending(),
            "the limit of " + node,
            () -> injection.cluster().limitProcessor(node, share));
  }

  @Override
  public CompletionStage<List<Effect>> heal(Injection injection) {
    return Waits.all(
        injection.nodes(),
        node ->
            injection
                .recovery()
                .of(
                    node,
                    () ->
                        limit(injection, node, 0)
                            .thenApply(done -> injection.cluster().status(node))));
  }
}
