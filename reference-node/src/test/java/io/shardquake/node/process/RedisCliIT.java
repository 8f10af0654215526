package io.shardquake.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis's own tools, as they are, against six nodes that know nothing of each other. */
@Tag("redis")
final class RedisCliIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private final List<NodeProcess> nodes = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/redis-cli")),
        "SKIPPED: no redis-cli; on Debian: apt-get install redis-tools");
    for (int i = 0; i < 6; i++) {
      Path own = Files.createDirectory(directory.resolve("n" + i));
      nodes.add(
          NodeProcess.start(
              own, "--cluster-enabled", "yes", "--cluster-node-timeout", "2000", "--save", ""));
    }
  }

  @AfterEach
  void end() {
    nodes.forEach(NodeProcess::close);
  }

  private String address(int node) {
    return "127.0.0.1:" + nodes.get(node).port();
  }

  private String port(int node) {
    return Integer.toString(nodes.get(node).port());
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(output).isTrue();
    assertThat(process.exitValue()).as("exit code of %s:%n%s", List.of(command), output).isZero();
    return output;
  }

  private String cluster(String verb, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("redis-cli", "--cluster", verb));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  private void awaitAgreement() {
    Awaitility.await("all nodes to agree, with every slot served")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () ->
                cluster("check", address(0)).contains("[OK] All 16384 slots covered")
                    && everybodyServes());
  }

  private boolean everybodyServes() throws Exception {
    for (int node = 0; node < nodes.size(); node++) {
      if (!run("redis-cli", "-p", port(node), "cluster", "info").contains("cluster_state:ok")) {
        return false;
      }
    }
    return true;
  }

  private String id(int node) throws Exception {
    return run("redis-cli", "-p", port(node), "cluster", "myid").strip();
  }

  @Test
  void administersAndUsesTheClusterUnchanged() throws Exception {
    List<String> create = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      create.add(address(i));
    }
    create.addAll(List.of("--cluster-replicas", "1", "--cluster-yes"));
    assertThat(cluster("create", create.toArray(String[]::new)))
        .contains("[OK] All 16384 slots covered");
    awaitAgreement();

    assertThat(cluster("info", address(3))).contains("3 masters");
    assertThat(cluster("call", address(0), "PING").lines().filter(line -> line.endsWith("PONG")))
        .hasSize(6);
    for (String key : List.of("a", "b", "c", "d")) {
      assertThat(run("redis-cli", "-c", "-p", port(0), "set", key, key)).contains("OK");
    }

    cluster(
        "reshard",
        address(0),
        "--cluster-from",
        id(0),
        "--cluster-to",
        id(1),
        "--cluster-slots",
        "20",
        "--cluster-yes");
    awaitAgreement();
    cluster("rebalance", address(0), "--cluster-threshold", "0");
    awaitAgreement();
    assertThat(cluster("fix", address(0))).contains("[OK] All 16384 slots covered");
    for (String key : List.of("a", "b", "c", "d")) {
      assertThat(run("redis-cli", "-c", "-p", port(1), "get", key)).contains(key);
    }

    leaveAndComeBack();
    assertThat(
            run("redis-benchmark", "--cluster", "-p", port(0), "-t", "set,get", "-n", "2000", "-q"))
        .contains("GET:");
  }

  private void leaveAndComeBack() throws Exception {
    String leaving = id(5);
    cluster("del-node", address(0), leaving);
    awaitMembers(5);
    cluster("add-node", address(5), address(0), "--cluster-slave");
    awaitMembers(6);
    awaitAgreement();
  }

  private void awaitMembers(int count) {
    Awaitility.await(count + " members")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () ->
                run("redis-cli", "-p", port(0), "cluster", "nodes").strip().lines().count()
                    == count);
  }
}
