package io.shardquake.harness.cli;

import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.harness.conformance.PromiseResult;
import io.shardquake.harness.experiment.RunObserver;
import io.shardquake.harness.experiment.RunPhase;
import io.shardquake.workloads.generator.GeneratorEvent.Result;
import java.util.Locale;

/** Tells on standard error how a certification goes, a line for each promise. Thread-safe. */
final class CertifyProgress implements RunObserver {
  private final Console console;

  CertifyProgress(Console console) {
    this.console = console;
  }

  void promise(PromiseResult result) {
    String line =
        String.format(
            Locale.ROOT,
            "%s  %-14s  %5.1f s  %s",
            result.promise().id(),
            result.outcome(),
            result.took().toMillis() / 1000.0,
            result.detail());
    console.err().println(line.strip());
  }

  @Override
  public void phase(RunPhase phase) {
    if (phase == RunPhase.JUDGING) {
      console.err().println(phase);
    }
  }

  @Override
  public void fault(FaultEvent event) {
    if (event.phase() == FaultEvent.Phase.HEAL_FAILED) {
      console.err().println(event.kind() + ": " + event.detail());
    }
  }

  @Override
  public void remark(String line) {
    console.err().println(line);
  }

  @Override
  public void completed(Result result, long nanos) {}
}
