package io.shardquake.harness.target;

import io.shardquake.faults.Capabilities;
import io.shardquake.faults.plan.Mechanism;
import io.shardquake.faults.process.ProcessIdentity;
import io.shardquake.faults.process.ProcessTable;
import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.ClusterFormation;
import io.shardquake.harness.cluster.Failures;
import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.cluster.Readiness;
import io.shardquake.harness.cluster.ReplicaPlacement;
import io.shardquake.harness.target.ContainerDriver.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;

/**
 * The target {@code container}: one container a node, from any image with a Redis-compatible
 * server, on a bridge network of the run's own. The engine is docker or podman, by its command
 * line; images have to be there, as none is fetched.
 */
public final class ContainerTarget implements Target {
  private static final int PORT = 6379;
  private static final int RANGES_TRIED = 8;
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(1);
  private static final String NO_ENGINE =
      "no container engine answers here: start docker or podman, or set DOCKER_HOST";

  private final String image;
  private final String server;
  private final Optional<ContainerEngine> engine;

  /**
   * @param image that holds the server
   * @param server the program in it
   */
  public ContainerTarget(String image, String server) {
    this.image = image;
    this.server = server;
    this.engine = ContainerEngine.onThisMachine();
  }

  @Override
  public String name() {
    return "container";
  }

  @Override
  public Capabilities capabilities() {
    Capabilities capabilities =
        new Capabilities(Map.of())
            .lacking(
                Mechanism.LINKS.toString(),
                "nothing stands between containers; ask for disconnect instead")
            .lacking(Mechanism.SHIM.toString(), "no shim can be put into somebody's image");
    return engine.isPresent()
        ? capabilities
        : capabilities
            .lacking(Mechanism.PROCESSES.toString(), NO_ENGINE)
            .lacking(Mechanism.DISCONNECTION.toString(), NO_ENGINE)
            .lacking(Mechanism.PROCESSOR_LIMIT.toString(), NO_ENGINE);
  }

  /** What keeps this machine from running containers; empty if nothing does. */
  static Optional<String> missing() {
    return ContainerEngine.onThisMachine().isPresent() ? Optional.empty() : Optional.of(NO_ENGINE);
  }

  @Override
  public RunningCluster start(ClusterOptions options, Path directory, LongSupplier clock)
      throws TargetException, InterruptedException {
    ContainerEngine running = engine.orElseThrow(() -> new TargetException(NO_ENGINE));
    try {
      return new Start(running, options, directory, clock).cluster();
    } catch (IOException e) {
      throw new TargetException("the containers could not be started: " + OneLine.of(e), e);
    } catch (ClusterException e) {
      throw new TargetException("the cluster could not be formed: " + e.getMessage(), e);
    }
  }

  /** One start of a cluster. */
  private final class Start {
    private final ContainerEngine engine;
    private final ClusterOptions options;
    private final Path directory;
    private final LongSupplier clock;
    private final String network;
    private final ContainerLedger ledger;

    Start(ContainerEngine engine, ClusterOptions options, Path directory, LongSupplier clock)
        throws IOException {
      this.engine = engine;
      this.options = options;
      this.directory = directory.toAbsolutePath();
      this.clock = clock;
      this.network = "shardquake-" + UUID.randomUUID().toString().substring(0, 8);
      ProcessIdentity self =
          ProcessTable.ofThisMachine()
              .find(ProcessHandle.current().pid())
              .orElseThrow(
                  () -> new IOException("the operating system does not list this process"));
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= options.nodeCount(); i++) {
        names.add(network + "-n" + i);
      }
      // Before anything exists that a killed harness could leave behind.
      this.ledger = ContainerLedger.create(this.directory, self, engine.toString(), network, names);
    }

    RunningCluster cluster()
        throws TargetException, ClusterException, IOException, InterruptedException {
      Map<String, Container> containers = containers(createNetwork());
      ContainerDriver driver =
          new ContainerDriver(engine, network, containers, directory.resolve("logs"), ledger);
      ClusterConnections connections = new ClusterConnections(REQUEST_LIMIT);
      LiveCluster cluster =
          new LiveCluster(description(), options(), driver, connections, directory);
      boolean started = false;
      try {
        for (var container : containers.entrySet()) {
          run(container.getKey(), container.getValue());
        }
        form(containers, connections, cluster);
        started = true;
        return cluster;
      } finally {
        if (!started) {
          cluster.close();
        }
      }
    }

    private Capabilities options() {
      return WiringCapabilities.of(capabilities(), options);
    }

    /** Fixed addresses are for networks only whose range was chosen: the first that is free. */
    private String createNetwork() throws IOException {
      IOException refusal = new IOException("no range of addresses is free");
      int first = network.hashCode() & 0xff;
      for (int i = 0; i < RANGES_TRIED; i++) {
        String prefix = "10.213." + ((first + i) & 0xff);
        try {
          engine.tell("network", "create", "--subnet", prefix + ".0/24", network);
          return prefix;
        } catch (IOException occupied) {
          refusal = occupied;
        }
      }
      throw refusal;
    }

    /** Each has an address that it keeps when it comes back. */
    private Map<String, Container> containers(String prefix) {
      Map<String, Container> containers = new LinkedHashMap<>();
      for (int i = 1; i <= options.nodeCount(); i++) {
        containers.put("n" + i, new Container(network + "-n" + i, prefix + "." + (10 + i)));
      }
      return containers;
    }

    private void run(String node, Container container) throws IOException, TargetException {
      Path own = Files.createDirectories(directory.resolve("nodes").resolve(node));
      Files.createDirectories(directory.resolve("logs"));
      NodePlace place = NodePlace.direct(new NodeAddress(container.address(), PORT));
      Files.write(
          own.resolve("redis.conf"),
          RedisConfiguration.render(place, ServerVersion.parse(description().version()), options));
      engine.tell(
          "run",
          "--detach",
          "--pull=never",
          "--name",
          container.name(),
          "--network",
          network,
          "--ip",
          container.address(),
          "--volume",
          own + ":/data",
          "--workdir",
          "/data",
          "--entrypoint",
          server,
          image,
          "redis.conf");
    }

    private void form(
        Map<String, Container> containers, ClusterConnections connections, LiveCluster cluster)
        throws ClusterException, IOException, InterruptedException {
      List<NodeAddress> addresses =
          containers.values().stream()
              .map(container -> new NodeAddress(container.address(), PORT))
              .toList();
      Readiness.await(START_LIMIT, () -> silent(addresses, connections));
      Map<NodeAddress, String> ids =
          new ClusterFormation(connections, START_LIMIT)
              .form(ReplicaPlacement.plan(addresses, options.replicasPerMaster()));
      for (var container : containers.entrySet()) {
        NodeAddress address = new NodeAddress(container.getValue().address(), PORT);
        DirectoryFiles files =
            new DirectoryFiles(
                directory.resolve("nodes").resolve(container.getKey()),
                Optional.empty(),
                cluster.executor());
        files.rememberFormation();
        cluster.add(
            new NodeEndpoint(container.getKey(), address.host(), address.port(), ids.get(address)),
            address,
            Optional.of(files),
            Optional.empty(),
            clock);
      }
    }

    private Optional<String> silent(List<NodeAddress> addresses, ClusterConnections connections)
        throws InterruptedException {
      for (NodeAddress address : addresses) {
        try {
          connections
              .connect(address)
              .thenCompose(node -> node.text("PING").whenComplete((pong, failure) -> node.close()))
              .get();
        } catch (ExecutionException e) {
          return Optional.of(address + " does not answer PING: " + Failures.reason(e));
        }
      }
      return Optional.empty();
    }

    private ServerDescription description() throws TargetException, IOException {
      String answer =
          engine.tell("run", "--rm", "--pull=never", "--entrypoint", server, image, "--version");
      String id = engine.tell("image", "inspect", "-f", "{{.Id}}", image);
      return ExecutableProbe.described(
          answer, "the server in " + image, id.replaceFirst("^sha256:", ""), "image " + image);
    }
  }
}
