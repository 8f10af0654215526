package io.shardquake.harness.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.harness.cli.Answer;
import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.command.ShortCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Faults on servers that somebody else runs: here a shell, which starts them as daemons. */
@Tag("redis")
final class ExternalTargetIT {
  private static final int NODES = 6;
  private static final ClusterOptions OPTIONS =
      ClusterOptions.DEFAULT.withNodeTimeout(Duration.ofSeconds(2));
  private static final ShortCommand SHELL = new ShortCommand(Duration.ofSeconds(20));
  private static final String START =
      "cd '%s'/$NODE && redis-server redis.conf --daemonize yes --pidfile '%1$s'/$NODE/pid";

  @TempDir Path directory;
  private RunningCluster cluster;
  private SteadyWrites writes;

  @BeforeEach
  void start() throws Exception {
    Redis.assumeInstalled();
    List<NodeAddress> addresses = startServers();
    List<String> create = new ArrayList<>(List.of("cluster", "create"));
    addresses.forEach(address -> create.add(address.toString()));
    create.addAll(List.of("--replicas", "1", "--yes"));
    Answer.to(create).exits(0);
    long start = System.nanoTime();
    cluster =
        new ExternalTarget(description(addresses))
            .start(
                OPTIONS,
                Files.createDirectory(directory.resolve("run")),
                () -> System.nanoTime() - start);
    writes = new SteadyWrites(cluster);
  }

  private List<NodeAddress> startServers() throws Exception {
    List<NodePlace> places =
        new FreeAddresses(FreeAddresses::canListen, new SplittableRandom())
            .choose(NODES, 0, OPTIONS.wiring());
    List<NodeAddress> addresses = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      Path own = Files.createDirectory(directory.resolve("n" + (i + 1)));
      Files.write(
          own.resolve("redis.conf"),
          RedisConfiguration.render(places.get(i), new ServerVersion(7, 0), OPTIONS));
      inShell("NODE=n" + (i + 1) + "; " + START.formatted(directory));
      addresses.add(places.get(i).own());
    }
    return addresses;
  }

  private Path description(List<NodeAddress> addresses) throws IOException {
    List<String> lines = new ArrayList<>(List.of("nodes:"));
    for (int i = 0; i < NODES; i++) {
      NodeAddress address = addresses.get(i);
      lines.add(
          "  - {name: n%d, host: %s, port: %d}".formatted(i + 1, address.host(), address.port()));
    }
    lines.add("hooks:");
    lines.add("  start: " + START.formatted(directory));
    lines.add("  kill: " + signal("KILL"));
    lines.add("  stop: " + signal("TERM"));
    lines.add("  pause: " + signal("STOP"));
    lines.add("  resume: " + signal("CONT"));
    return Files.write(directory.resolve("cluster.yaml"), lines);
  }

  private String signal(String name) {
    return "kill -%s $(cat '%s'/$NODE/pid)".formatted(name, directory);
  }

  private static String inShell(String script) throws IOException {
    return SHELL.run("", List.of("sh", "-c", script));
  }

  @AfterEach
  void end() throws Exception {
    if (cluster != null) {
      writes.close();
      cluster.close();
      assertThat(inShell("kill -0 $(cat '%s'/n*/pid) && echo alive".formatted(directory)))
          .as("somebody's servers go on when a run ends")
          .contains("alive");
    }
    inShell("kill -KILL $(cat '%s'/n*/pid) || true".formatted(directory));
  }

  @TestFactory
  Stream<DynamicTest> whatThereAreHooksForBitesAndHealsAndTheRestIsRefused() {
    return new FaultTable(cluster)
        .tests(Set.of("kill", "restart", "pause", "slow", "disconnect", "partition", "full-disk"));
  }
}
