package io.shardquake.harness.bench;

import io.shardquake.harness.target.ClusterOptions;
import io.shardquake.harness.target.NodeEndpoint;
import io.shardquake.harness.target.RedisTarget;
import io.shardquake.harness.target.ReferenceTarget;
import io.shardquake.harness.target.RunningCluster;
import io.shardquake.harness.target.Target;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Six nodes from nothing to "cluster ok", and from the SIGKILL of a master to its successor. */
final class FailoverTimes {
  private static final int[] NODE_TIMEOUTS = {5000, 2000, 1000, 500};
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

  private FailoverTimes() {}

  static void measure(Path directory, int rounds) throws Exception {
    for (int timeout : NODE_TIMEOUTS) {
      List<List<Double>> failovers = List.of(new ArrayList<>(), new ArrayList<>());
      List<List<Double>> starts = List.of(new ArrayList<>(), new ArrayList<>());
      for (int round = 0; round < rounds; round++) {
        List<Target> targets =
            List.of(RedisTarget.onThisMachine(), ReferenceTarget.onThisMachine());
        for (int which = 0; which < targets.size(); which++) {
          Path own =
              Files.createDirectory(directory.resolve("%d-%d-%d".formatted(timeout, round, which)));
          once(targets.get(which), own, timeout, starts.get(which), failovers.get(which));
        }
      }
      System.out.printf(
          Locale.ROOT,
          "| %d ms | %.0f ms | %.0f ms | %.2f | %.0f ms | %.0f ms |%n",
          timeout,
          Span.median(failovers.get(0)),
          Span.median(failovers.get(1)),
          Span.median(failovers.get(1)) / Span.median(failovers.get(0)),
          Span.median(starts.get(0)),
          Span.median(starts.get(1)));
    }
  }

  private static void once(
      Target target, Path directory, int timeout, List<Double> starts, List<Double> failovers)
      throws Exception {
    ClusterOptions options = ClusterOptions.DEFAULT.withNodeTimeout(Duration.ofMillis(timeout));
    long begin = System.nanoTime();
    try (RunningCluster cluster = target.start(options, directory, System::nanoTime)) {
      starts.add((System.nanoTime() - begin) / 1e6);
      String master = cluster.nodes().get(0);
      NodeEndpoint replica = replicaOf(cluster);
      long pid = cluster.status(master).pid();
      long killed = System.nanoTime();
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();
      while (!ask(replica, "ROLE").contains("master")) {
        if (System.nanoTime() - killed > PATIENCE) {
          throw new IOException("nobody took over");
        }
        TimeUnit.MILLISECONDS.sleep(2);
      }
      failovers.add((System.nanoTime() - killed) / 1e6);
    }
  }

  /** The replica of the first node. */
  private static NodeEndpoint replicaOf(RunningCluster cluster) throws IOException {
    NodeEndpoint master = cluster.endpoints().get(0);
    for (String line : ask(master, "CLUSTER NODES").split("\n", -1)) {
      if (line.contains(" slave " + master.nodeId())) {
        String id = line.substring(0, master.nodeId().length());
        return cluster.endpoints().stream()
            .filter(endpoint -> endpoint.nodeId().equals(id))
            .findFirst()
            .orElseThrow();
      }
    }
    throw new IOException("no replica");
  }

  /** As much of the answer as comes in one piece. */
  private static String ask(NodeEndpoint node, String command) throws IOException {
    try (Socket socket = new Socket(node.host(), node.port())) {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      byte[] answer = new byte[8192];
      int length = socket.getInputStream().read(answer);
      // The length of a string comes before it, in its first line.
      String text = new String(answer, 0, Math.max(0, length), StandardCharsets.US_ASCII);
      return text.startsWith("$") ? text.substring(text.indexOf('\n') + 1) : text;
    }
  }
}
