package io.shardquake.harness.cli.cluster;

import io.shardquake.harness.cli.Console;
import io.shardquake.harness.cli.ExitCode;
import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.state.ClusterSession;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A verb about a cluster that exists, which is found from one of its nodes. */
abstract class ClusterVerb implements Callable<Integer> {
  @Mixin final AccessOptions access = new AccessOptions();

  @Parameters(index = "0", paramLabel = "HOST:PORT", description = "Any node of the cluster.")
  String seed = "";

  private final Console console;

  ClusterVerb(Console console) {
    this.console = console;
  }

  @Override
  public final Integer call() throws Exception {
    try (ClusterConnections connections = access.open();
        ClusterSession session = new ClusterSession(connections, AccessOptions.address(seed))) {
      return perform(session, new Narration(console, access.json)).number();
    }
  }

  /** Does the work. What goes wrong is thrown, with a message of one line. */
  abstract ExitCode perform(ClusterSession session, Narration narration) throws Exception;
}
