package io.shardquake.harness.target;

import io.shardquake.faults.NodeStatus;
import io.shardquake.faults.NodeStatus.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Nodes that are containers on a network of their own. */
final class ContainerDriver implements NodeDriver {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerDriver.class);

  private final ContainerEngine engine;
  private final String network;
  private final Map<String, Container> containers = new LinkedHashMap<>();
  private final WatchedNodes watched;
  private final Path logs;
  private final ContainerLedger ledger;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread hook = new Thread(this::remove, "end-containers");

  /**
   * A node's container.
   *
   * @param name the engine's name of it
   * @param address on the network
   */
  record Container(String name, String address) {}

  /**
   * @param network the engine's name of the run's network, which is removed in the end
   * @param containers by node; they need not exist yet
   * @param logs where to keep what they printed
   * @param ledger is removed with them
   */
  ContainerDriver(
      ContainerEngine engine,
      String network,
      Map<String, Container> containers,
      Path logs,
      ContainerLedger ledger) {
    this.engine = engine;
    this.logs = logs;
    this.ledger = ledger;
    this.network = network;
    this.containers.putAll(containers);
    this.watched = new WatchedNodes(List.copyOf(containers.keySet()), this::look);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private String container(String node) {
    return containers.get(node).name();
  }

  private NodeStatus look(String node) {
    try {
      String[] words =
          engine
              .tell("inspect", "-f", "{{.State.Status}} {{.State.Pid}}", container(node))
              .split(" ", -1);
      return switch (words[0]) {
        case "running" -> new NodeStatus(node, Long.parseLong(words[1]), State.RUNNING);
        case "paused" -> new NodeStatus(node, Long.parseLong(words[1]), State.PAUSED);
        default -> new NodeStatus(node, -1, State.DEAD);
      };
    } catch (IOException unknown) {
      return new NodeStatus(node, -1, State.DEAD);
    }
  }

  @Override
  public NodeStatus status(String node) {
    return watched.status(node);
  }

  @Override
  public void kill(String node) throws IOException, InterruptedException {
    engine.tell("kill", container(node));
    watched.await(node, State.DEAD);
  }

  @Override
  public void stop(String node) throws IOException, InterruptedException {
    engine.tell("stop", "-t", "20", container(node));
    watched.await(node, State.DEAD);
  }

  @Override
  public void start(String node) throws IOException, InterruptedException {
    engine.tell("start", container(node));
    watched.await(node, State.RUNNING);
  }

  @Override
  public void pause(String node) throws IOException, InterruptedException {
    engine.tell("pause", container(node));
    watched.await(node, State.PAUSED);
  }

  @Override
  public void resume(String node) throws IOException, InterruptedException {
    engine.tell("unpause", container(node));
    watched.await(node, State.RUNNING);
  }

  private boolean isConnected(String node) throws IOException {
    return engine
        .tell(
            "inspect",
            "-f",
            "{{range $name, $it := .NetworkSettings.Networks}}{{$name}} {{end}}",
            container(node))
        .contains(network);
  }

  @Override
  public void disconnect(String node) throws IOException {
    if (isConnected(node)) {
      engine.tell("network", "disconnect", network, container(node));
    }
  }

  @Override
  public void connect(String node) throws IOException {
    if (!isConnected(node)) {
      engine.tell(
          "network", "connect", "--ip", containers.get(node).address(), network, container(node));
    }
  }

  @Override
  public void limitProcessor(String node, double share) throws IOException {
    // An engine takes 0 for no change; as much as there is, is all processors.
    double limit = share == 0 ? Runtime.getRuntime().availableProcessors() : share;
    engine.tell("update", "--cpus", String.format(Locale.ROOT, "%.2f", limit), container(node));
    String told = engine.tell("inspect", "-f", "{{.HostConfig.NanoCpus}}", container(node));
    long nanos = Math.round(limit * 100) * 10_000_000;
    if (!told.equals(Long.toString(nanos))) {
      throw new IOException(node + " has " + told + " billionths of a processor, not " + nanos);
    }
  }

  @Override
  public void close() {
    remove();
    if (Thread.currentThread() != hook) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException shuttingDown) {
        LOG.trace("the hook runs already and will find nothing to do");
      }
    }
  }

  private void remove() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    watched.close();
    containers.forEach(this::keepLog);
    List<String> words = new ArrayList<>(List.of("rm", "-f", "-v"));
    containers.values().forEach(container -> words.add(container.name()));
    Optional<String> stay = attempt(words).or(() -> attempt(List.of("network", "rm", network)));
    if (stay.isPresent()) {
      LOG.error("containers or their network stay, until the next start: {}", stay.get());
      return;
    }
    try {
      ledger.remove();
    } catch (IOException e) {
      LOG.warn("cannot remove the record of containers: {}", e.getMessage());
    }
  }

  private void keepLog(String node, Container container) {
    try {
      Files.writeString(logs.resolve(node + ".log"), engine.tell("logs", container.name()) + "\n");
    } catch (IOException e) {
      LOG.debug("the log of {} cannot be kept: {}", node, e.getMessage());
    }
  }

  private Optional<String> attempt(List<String> words) {
    try {
      engine.tell(words);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
