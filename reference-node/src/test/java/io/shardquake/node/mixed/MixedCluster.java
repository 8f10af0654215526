package io.shardquake.node.mixed;

import static io.shardquake.node.mixed.Peer.patiently;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.node.differential.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Three masters in turn of either kind, and a replica of the other kind for each. */
final class MixedCluster implements AutoCloseable {
  private static final int[] FIRST_SLOTS = {0, 5461, 10923, 16384};
  private static final int MASTERS = 3;

  /** Where a line of CLUSTER NODES names the master, and what it says of a master. */
  private static final int MASTER_FIELD = 3;

  private static final String NOBODY = "-";
  private static final String NODE_TIMEOUT = "2000";

  private final List<Peer> peers = new ArrayList<>();

  /** The first and the last master are of one kind, and the replica of the other. */
  MixedCluster(Kind kind) {
    for (int i = 0; i < 2 * MASTERS; i++) {
      peers.add(
          Peer.start(
              i % 2 == 0 ? kind : kind.other(),
              "--cluster-enabled",
              "yes",
              "--cluster-node-timeout",
              NODE_TIMEOUT,
              "--repl-diskless-sync-delay",
              "0",
              "--repl-ping-replica-period",
              "1"));
    }
    form();
  }

  private void form() {
    Peer first = peers.get(0);
    String bus = first.ask("CONFIG", "GET", "cluster-port").elements().get(1).text();
    for (int i = 0; i < peers.size(); i++) {
      ok(peers.get(i), "CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
      ok(peers.get(i), "CLUSTER", "MEET", "127.0.0.1", Integer.toString(first.port()), bus);
    }
    for (int i = 0; i < MASTERS; i++) {
      String from = Integer.toString(FIRST_SLOTS[i]);
      String to = Integer.toString(FIRST_SLOTS[i + 1] - 1);
      ok(peers.get(i), "CLUSTER", "ADDSLOTSRANGE", from, to);
    }
    for (int i = 0; i < MASTERS; i++) {
      Peer replica = replicaOf(i);
      String id = id(peers.get(i));
      patiently(replica + " to know its master")
          .until(() -> replica.ask("CLUSTER", "NODES").text().contains(id));
      ok(replica, "CLUSTER", "REPLICATE", id);
    }
    awaitSound(peers);
  }

  static void ok(Peer peer, String... command) {
    Reply reply = peer.ask(command);
    assertThat(reply.text()).as("%s of %s", List.of(command), peer).isEqualTo("OK");
  }

  static String id(Peer peer) {
    return peer.ask("CLUSTER", "MYID").text();
  }

  /** A master as it was at first. */
  Peer master(int number) {
    return peers.get(number);
  }

  /** Its replica as it was at first. */
  Peer replicaOf(int number) {
    return peers.get(MASTERS + number);
  }

  List<Peer> peers() {
    return peers;
  }

  /** The number of the master that was first given a slot. */
  static int firstOwner(int slot) {
    return IntStream.range(0, MASTERS).filter(i -> slot < FIRST_SLOTS[i + 1]).findFirst().orElse(0);
  }

  /**
   * Waits until members call the cluster sound and agree on who replicates whom, and replicas have
   * all that masters have. Who does not know yet whose replica asks for its vote does not vote.
   */
  static void awaitSound(List<Peer> members) {
    for (Peer member : members) {
      patiently(member + " to find the cluster sound")
          .until(
              () ->
                  member.ask("CLUSTER", "INFO").text().contains("cluster_state:ok")
                      && (member.info("role").equals("master")
                          || member.info("master_link_status").equals("up")));
    }
    patiently("members to agree on who replicates whom")
        .until(
            () -> {
              Set<Map<String, String>> views =
                  members.stream().map(MixedCluster::masters).collect(toSet());
              return views.size() == 1
                  && views.iterator().next().values().stream().filter(NOBODY::equals).count()
                      == MASTERS;
            });
  }

  /** For each node that a member knows, whose replica it takes that for. */
  private static Map<String, String> masters(Peer member) {
    Map<String, String> masters = new HashMap<>();
    for (String line : member.ask("CLUSTER", "NODES").text().split("\n", -1)) {
      String[] fields = line.split(" ", -1);
      if (fields.length > MASTER_FIELD) {
        masters.put(fields[0], fields[MASTER_FIELD]);
      }
    }
    return masters;
  }

  static void awaitMaster(Peer peer) {
    patiently(peer + " to be a master").until(() -> peer.info("role").equals("master"));
  }

  /** Waits until some members agree on who serves a slot. */
  static void awaitOwner(List<Peer> members, int slot, Peer owner) {
    String address = "127.0.0.1:" + owner.port();
    for (Peer member : members) {
      patiently(member + " to know that " + owner + " serves slot " + slot)
          .until(
              () -> {
                Reply reply = member.ask("GET", "{t}none");
                return member == owner
                    ? !reply.isError()
                    : reply.text().equals("MOVED " + slot + " " + address);
              });
    }
  }

  /** Moves a slot with its keys as {@code redis-cli --cluster reshard} does. */
  static void move(int slot, Peer from, Peer to) {
    String number = Integer.toString(slot);
    ok(to, "CLUSTER", "SETSLOT", number, "IMPORTING", id(from));
    ok(from, "CLUSTER", "SETSLOT", number, "MIGRATING", id(to));
    List<String> keys = from.ask("CLUSTER", "GETKEYSINSLOT", number, "7").texts();
    while (!keys.isEmpty()) {
      List<String> migrate = new ArrayList<>(List.of("MIGRATE", "127.0.0.1"));
      migrate.addAll(List.of(Integer.toString(to.port()), "", "0", "20000", "KEYS"));
      migrate.addAll(keys);
      ok(from, migrate.toArray(String[]::new));
      keys = from.ask("CLUSTER", "GETKEYSINSLOT", number, "7").texts();
    }
    ok(to, "CLUSTER", "SETSLOT", number, "NODE", id(to));
    ok(from, "CLUSTER", "SETSLOT", number, "NODE", id(to));
  }

  @Override
  public void close() {
    peers.forEach(Peer::close);
  }
}
