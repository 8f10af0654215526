package io.shardquake.harness.cli;

import io.shardquake.harness.campaign.DefectHunt;
import io.shardquake.harness.campaign.Detection;
import io.shardquake.harness.campaign.SeedRange;
import io.shardquake.harness.interpreter.StopSignal;
import io.shardquake.harness.sim.Swarm;
import io.shardquake.node.core.defect.Defect;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Known defects, several at a time, each looked for by the same seeds, one after the other.
 *
 * @param hunt how to look for one
 * @param jobs how many at a time
 */
record HuntSession(Console console, DefectHunt hunt, int jobs) {
  /**
   * Prints a Markdown table, a row as soon as it is known.
   *
   * @param wanted the defects to look for; empty for all
   * @return the exit code: VALID if every defect that was looked for was found
   */
  int run(SeedRange seeds, Swarm swarm, Set<Defect> wanted) throws InterruptedException {
    StopSignal stop = new StopSignal();
    Signals.raiseOnInterrupt(stop, console, "stopping after the seed that is under way");
    ExecutorService threads = Executors.newFixedThreadPool(jobs, HuntSession::thread);
    List<Future<Detection>> hunts = new ArrayList<>();
    for (Defect defect : wanted.isEmpty() ? EnumSet.allOf(Defect.class) : wanted) {
      Swarm defective = swarm.withDefects(Set.of(defect));
      hunts.add(threads.submit(() -> hunt.hunt(defect, seeds, defective::draw, stop::raised)));
    }
    console.out().print(Detection.heading());
    boolean all = true;
    try {
      for (Future<Detection> under : hunts) {
        Detection detection = under.get();
        all = all && !detection.finds().isEmpty();
        console.out().print(detection.row());
        console.out().flush();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a simulation broke off", e.getCause());
    } finally {
      threads.shutdownNow();
    }
    return (all ? ExitCode.VALID : ExitCode.UNKNOWN).number();
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "hunt");
    thread.setDaemon(true);
    return thread;
  }
}
