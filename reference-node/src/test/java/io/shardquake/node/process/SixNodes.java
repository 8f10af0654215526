package io.shardquake.node.process;

import io.shardquake.node.differential.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/** Three masters and a replica of each, formed by plain commands. */
final class SixNodes implements AutoCloseable {
  private static final int MASTERS = 3;
  private static final int[] FIRST_SLOTS = {0, 5461, 10923, 16384};
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final List<NodeProcess> nodes = new ArrayList<>();
  private final Map<Integer, Wire> wires = new TreeMap<>();

  private SixNodes() {}

  /** Starts them with files in a directory; all agree by the time this returns. */
  static SixNodes start(Path directory) throws IOException {
    SixNodes six = new SixNodes();
    for (int i = 0; i < 2 * MASTERS; i++) {
      Path own = Files.createDirectory(directory.resolve("n" + i));
      six.nodes.add(
          NodeProcess.start(
              own, "--cluster-enabled", "yes", "--cluster-node-timeout", "2000", "--save", ""));
    }
    six.form();
    return six;
  }

  private void form() throws IOException {
    for (int i = 0; i < nodes.size(); i++) {
      ask(i, "CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
      ask(i, "CLUSTER", "MEET", "127.0.0.1", Integer.toString(nodes.get(0).port()));
    }
    for (int i = 0; i < MASTERS; i++) {
      ask(
          i,
          "CLUSTER",
          "ADDSLOTSRANGE",
          Integer.toString(FIRST_SLOTS[i]),
          Integer.toString(FIRST_SLOTS[i + 1] - 1));
    }
    for (int i = MASTERS; i < nodes.size(); i++) {
      String master = id(i - MASTERS);
      int replica = i;
      await(
          "node " + i + " to know its master",
          () -> ask(replica, "CLUSTER", "NODES").text().contains(master));
      ask(i, "CLUSTER", "REPLICATE", master);
    }
    for (int i = 0; i < nodes.size(); i++) {
      int node = i;
      await(
          "node " + i + " to find the cluster sound, with a replica of each master",
          () ->
              ask(node, "CLUSTER", "INFO").text().contains("cluster_state:ok")
                  && ask(node, "CLUSTER", "NODES").text().split("slave ", -1).length - 1 == MASTERS
                  && (node < MASTERS
                      || ask(node, "INFO", "replication").text().contains("link_status:up")));
      await("node " + i + " to tell clients of all others", () -> tellsOfAll(node));
    }
  }

  /** A replica is not told of before it has told how far it has come. */
  private boolean tellsOfAll(int node) throws IOException {
    String slots = ask(node, "CLUSTER", "SLOTS").toString();
    for (int other = 0; other < nodes.size(); other++) {
      if (!slots.contains(id(other))) {
        return false;
      }
    }
    return true;
  }

  interface Condition {
    boolean holds() throws IOException;
  }

  static void await(String what, Condition condition) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .until(condition::holds);
  }

  int port(int node) {
    return nodes.get(node).port();
  }

  String id(int node) throws IOException {
    return ask(node, "CLUSTER", "MYID").text();
  }

  Reply ask(int node, String... words) throws IOException {
    Wire wire = wires.get(node);
    if (wire == null) {
      wire = new Wire(port(node));
      wires.put(node, wire);
    }
    return wire.ask(words);
  }

  /** The master of three that was first given a slot. */
  static int firstOwner(int slot) {
    return slot < FIRST_SLOTS[1] ? 0 : slot < FIRST_SLOTS[2] ? 1 : 2;
  }

  /** Kills one at once. */
  void kill(int node) {
    nodes.get(node).kill();
  }

  /** Moves a slot with its keys from a master to another, as the documentation of Redis says. */
  void move(int slot, int from, int to) throws IOException {
    String number = Integer.toString(slot);
    ask(to, "CLUSTER", "SETSLOT", number, "IMPORTING", id(from));
    ask(from, "CLUSTER", "SETSLOT", number, "MIGRATING", id(to));
    List<String> keys = ask(from, "CLUSTER", "GETKEYSINSLOT", number, "100").texts();
    while (!keys.isEmpty()) {
      List<String> migrate =
          new ArrayList<>(
              List.of("MIGRATE", "127.0.0.1", Integer.toString(port(to)), "", "0", "20000"));
      migrate.add("KEYS");
      migrate.addAll(keys);
      ask(from, migrate.toArray(String[]::new));
      keys = ask(from, "CLUSTER", "GETKEYSINSLOT", number, "100").texts();
    }
    for (int node : new int[] {to, from}) {
      ask(node, "CLUSTER", "SETSLOT", number, "NODE", id(to));
    }
  }

  @Override
  public void close() throws IOException {
    for (Wire wire : wires.values()) {
      wire.close();
    }
    nodes.forEach(NodeProcess::close);
  }
}
