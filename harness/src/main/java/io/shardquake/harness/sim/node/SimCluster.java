package io.shardquake.harness.sim.node;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.faults.Capabilities;
import io.shardquake.faults.ClusterControl;
import io.shardquake.faults.NodeStatus;
import io.shardquake.faults.network.Network;
import io.shardquake.faults.slots.SlotAdministration;
import io.shardquake.harness.sim.client.AdminLink;
import io.shardquake.harness.sim.network.SimNetwork;
import io.shardquake.harness.sim.time.EventQueue;
import io.shardquake.workloads.protocol.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/** What a nemesis may ask of a simulated cluster. */
public final class SimCluster implements ClusterControl {
  private static final long VIEW_NANOS = 1_000_000_000L;
  private static final long COMMAND_NANOS = 10_000_000_000L;
  private static final long LOOK_NANOS = 1_000_000L;

  private final EventQueue queue;
  private final SimNetwork network;
  private final Map<String, Member> members = new LinkedHashMap<>();
  private final Capabilities capabilities = new Capabilities(new TreeMap<>(missing()));
  private Optional<SlotAdministration> slots = Optional.empty();

  /** A node and the harness's own ways to it: views must not wait for slow commands. */
  private record Member(SimNode node, AdminLink views, AdminLink commands) {}

  public SimCluster(EventQueue queue, SimNetwork network, List<SimNode> nodes) {
    this.queue = queue;
    this.network = network;
    for (SimNode node : nodes) {
      NodeFacts facts = node.facts();
      members.put(
          facts.name(),
          new Member(
              node,
              new AdminLink(network, facts.ip(), facts.port()),
              new AdminLink(network, facts.ip(), facts.port())));
    }
  }

  /** What a simulated cluster cannot have done to it. */
  public static Map<String, String> missing() {
    Map<String, String> missing = new TreeMap<>();
    missing.put("files", "the files of a simulated node are not the machine's");
    missing.put("shim", "a simulated node has no operating system");
    missing.put("packet-filter", "a simulated network has no packets");
    missing.put("disconnection", "a simulated node has no network of its own; use partition");
    missing.put("processor-limit", "a simulated node takes no processor time; use slow");
    missing.put("config-rewrite", "simulated nodes have no configuration file");
    missing.put("epoch-collision", "simulations do not draw it, so that seeds keep their meaning");
    missing.put("crash-in-resync", "snapshots of reference nodes cannot be slowed down");
    missing.put("crash-in-rewrite", "snapshots of reference nodes cannot be slowed down");
    missing.put("block", "a simulated node does not sleep; use pause");
    missing.put("memory-limit", "simulated nodes are not told of memory that they use");
    return missing;
  }

  /** Lets somebody move slots of this cluster. */
  public void administerBy(SlotAdministration administration) {
    slots = Optional.of(administration);
  }

  @Override
  public List<String> nodes() {
    return List.copyOf(members.keySet());
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public Optional<Network> network() {
    return Optional.of(network);
  }

  @Override
  public Optional<SlotAdministration> slots() {
    return slots;
  }

  /** A node by the harness's name of it. */
  public SimNode node(String name) {
    return member(name).node();
  }

  private Member member(String name) {
    Member member = members.get(name);
    if (member == null) {
      throw new IllegalArgumentException("there is no node " + name + ", only " + nodes());
    }
    return member;
  }

  @Override
  public NodeStatus status(String node) {
    return node(node).status();
  }

  @Override
  public CompletableFuture<TopologySample> view(String name) {
    AdminLink link = member(name).views();
    CompletableFuture<Reply> nodes = link.ask("CLUSTER", "NODES");
    CompletableFuture<Reply> info = link.ask("CLUSTER", "INFO");
    bound(link, info, VIEW_NANOS);
    return info.thenCombine(
            nodes,
            (told, others) ->
                new TopologySample(queue.nowNanos(), name, text(others), text(told), ""))
        .exceptionally(
            failure -> new TopologySample(queue.nowNanos(), name, "", "", reason(failure)));
  }

  /** Several commands at once, each with its reply, or the reason why there is none. */
  public CompletableFuture<Reply> ask(String name, String... words) {
    AdminLink link = member(name).commands();
    CompletableFuture<Reply> reply = link.ask(words);
    bound(link, reply, COMMAND_NANOS);
    return reply;
  }

  private void bound(AdminLink link, CompletableFuture<?> awaited, long nanos) {
    var timeout =
        queue.timeout(
            queue.nowNanos() + nanos,
            () -> {
              if (!awaited.isDone()) {
                link.drop("no answer within " + nanos / 1_000_000 + " ms");
              }
            });
    queue.follow(awaited.handle((done, failure) -> true), timeout::cancel);
  }

  @Override
  public CompletableFuture<Value> command(String node, List<String> words) {
    return ask(node, words.toArray(String[]::new))
        .thenApply(
            reply -> {
              if (reply instanceof Reply.Failure failure) {
                throw new CompletionException(new IllegalStateException(failure.message()));
              }
              return reply.toValue();
            });
  }

  private static String text(Reply reply) {
    if (reply instanceof Reply.Text text) {
      return text.text();
    }
    throw new CompletionException(new IllegalStateException(String.valueOf(reply.toValue())));
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return String.valueOf(cause.getMessage());
  }

  @Override
  public CompletableFuture<Void> kill(String node) {
    node(node).kill();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Void> stop(String node) {
    SimNode stopping = node(node);
    stopping.resume();
    stopping.terminate();
    return when(() -> stopping.status().state() == NodeStatus.State.DEAD);
  }

  @Override
  public CompletableFuture<Void> start(String node) {
    node(node).start();
    return answers(node);
  }

  private CompletableFuture<Void> answers(String node) {
    CompletableFuture<Void> answering = new CompletableFuture<>();
    askUntilAnswered(node, answering);
    return answering;
  }

  private void askUntilAnswered(String node, CompletableFuture<Void> answering) {
    if (status(node).state() == NodeStatus.State.DEAD) {
      answering.completeExceptionally(new IllegalStateException(node + " has ended again"));
      return;
    }
    CompletableFuture<Boolean> answered =
        member(node)
            .views()
            .ask("PING")
            .handle((reply, failure) -> failure == null && !(reply instanceof Reply.Failure));
    queue.follow(
        answered,
        () -> {
          if (answered.join()) {
            answering.complete(null);
          } else {
            queue.after(10 * LOOK_NANOS, () -> askUntilAnswered(node, answering));
          }
        });
  }

  private CompletableFuture<Void> when(BooleanSupplier condition) {
    CompletableFuture<Void> reached = new CompletableFuture<>();
    look(condition, reached);
    return reached;
  }

  private void look(BooleanSupplier condition, CompletableFuture<Void> reached) {
    if (condition.getAsBoolean()) {
      reached.complete(null);
    } else {
      queue.after(LOOK_NANOS, () -> look(condition, reached));
    }
  }

  @Override
  public CompletableFuture<Void> pause(String node) {
    node(node).pause();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Void> resume(String node) {
    node(node).resume();
    return CompletableFuture.completedFuture(null);
  }
}
