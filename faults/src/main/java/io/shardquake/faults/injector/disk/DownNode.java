package io.shardquake.faults.injector.disk;

import io.shardquake.faults.disk.NodeFiles;
import io.shardquake.faults.injector.process.EndedProcess;
import io.shardquake.faults.nemesis.Effect;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.NodeProcesses.Ending;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Meddles with the files of a node whose process has been ended. */
final class DownNode {
  private final Injection injection;

  DownNode(Injection injection) {
    this.injection = injection;
  }

  /** Kills the process, and then changes files; proven if both could be done. Never fails. */
  CompletionStage<Effect> kill(String node, Function<NodeFiles, CompletionStage<String>> change) {
    return new EndedProcess(injection)
        .end(node, Ending.KILL)
        .thenCompose(
            ended ->
                ended.proven()
                    ? change(node, change)
                        .thenApply(done -> Effect.proven(node, ended.detail() + "; then " + done))
                    : CompletableFuture.completedStage(ended))
        .exceptionally(failure -> Effect.wanting(node, failure));
  }

  /** Changes files of a node that is down. */
  CompletionStage<String> change(String node, Function<NodeFiles, CompletionStage<String>> change) {
    NodeFiles files =
        injection
            .cluster()
            .files(node)
            .orElseThrow(() -> new IllegalStateException("its files are out of reach"));
    return injection
        .waits()
        .within(injection.bounds().ending(), "the files of " + node, () -> change.apply(files));
  }
}
