package io.shardquake.node.core.story;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Input;
import io.shardquake.node.core.Node;
import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.defect.Defect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Some nodes, the wires between them and the time that passes for them. Bytes need as long as a
 * wire is told to delay them, by default no time; a cut wire keeps them until it is mended, as TCP
 * does. Nothing here is left to chance.
 */
final class World {
  private static final long START = 1_700_000_000_000L;
  private static final int TICK_MILLIS = 10;
  private static final int BUS = 10_000;
  private static final int MOST_ROUNDS = 10_000;

  /** Hears of what nodes do. */
  interface Witness {
    void saw(int port, Effect effect, Optional<Integer> peer);
  }

  /** The other end of a connection. */
  private record End(int port, long connection) {}

  /** Something on its way to a node. */
  private record Delivery(long at, long order, int from, int to, Input input) {}

  /** One node and its ends of connections. */
  private static final class Actor {
    private final int port;
    private final Configuration configuration;
    private final Map<Long, End> ends = new TreeMap<>();
    private final Deque<Input> inbox = new ArrayDeque<>();
    private final Map<Long, StringBuilder> replies = new TreeMap<>();
    private Optional<Node> node = Optional.empty();
    private byte[] nodesConf = new byte[0];

    Actor(int port, Configuration configuration) {
      this.port = port;
      this.configuration = configuration;
    }
  }

  private final Map<Integer, Actor> actors = new TreeMap<>();
  private final PriorityQueue<Delivery> wire =
      new PriorityQueue<>(
          Comparator.comparingLong(Delivery::at).thenComparingLong(Delivery::order));
  private final List<Delivery> stuck = new ArrayList<>();
  private final Map<String, Long> delays = new LinkedHashMap<>();
  private final TreeSet<String> cuts = new TreeSet<>();
  private final long seed;
  private final Set<Defect> defects;
  private final Witness witness;
  private long millis = START;
  private long order;
  private long nextAccepted = 2;

  World(long seed, Set<Defect> defects, Witness witness) {
    this.seed = seed;
    this.defects = defects;
    this.witness = witness;
  }

  /** Milliseconds since the beginning. */
  long elapsed() {
    return millis - START;
  }

  /** Starts a new node. */
  void add(int port, Map<String, String> directives) {
    Configuration configuration = new Configuration(defects);
    configuration.set("port", Integer.toString(port));
    directives.forEach(configuration::set);
    actors.put(port, new Actor(port, configuration));
    start(port);
  }

  /** Starts a node again, with what it has on disk. */
  void start(int port) {
    Actor actor = actor(port);
    Randomness random = new Randomness(new SplittableRandom(seed * 100_003 + port));
    Node node = new Node(actor.configuration, random, millis * 1000);
    if (actor.nodesConf.length > 0) {
      node.restoreCluster(actor.nodesConf);
    }
    actor.node = Optional.of(node);
  }

  /** Ends a node at once, which closes its connections. */
  void kill(int port) {
    Actor actor = actor(port);
    actor.node = Optional.empty();
    actor.inbox.clear();
    for (long connection : List.copyOf(actor.ends.keySet())) {
      hangUp(actor, connection);
    }
  }

  private Actor actor(int port) {
    Actor actor = actors.get(port);
    if (actor == null) {
      throw new IllegalArgumentException("there is no node " + port);
    }
    return actor;
  }

  /** Keeps back all that two nodes send each other. */
  void cut(int one, int other) {
    cuts.add(pair(one, other));
  }

  /** Delivers what was kept back, and from now on everything. */
  void mend() {
    cuts.clear();
    for (Delivery delivery : stuck) {
      wire.add(
          new Delivery(millis, delivery.order(), delivery.from(), delivery.to(), delivery.input()));
    }
    stuck.clear();
  }

  /** Breaks all connections between two nodes; what was on its way is lost. */
  void reset(int one, int other) {
    for (int[] pair : new int[][] {{one, other}, {other, one}}) {
      Actor actor = actor(pair[0]);
      for (Map.Entry<Long, End> end : List.copyOf(actor.ends.entrySet())) {
        if (end.getValue().port() == pair[1]) {
          forget(actor.port, end.getKey());
          forget(pair[1], end.getValue().connection());
          hangUp(actor, end.getKey());
          post(pair[1], actor.port, new Input.Closed(end.getKey(), "Connection reset by peer"));
        }
      }
    }
  }

  private void forget(int port, long connection) {
    Predicate<Delivery> lost =
        delivery ->
            delivery.to() == port
                && delivery.input() instanceof Input.Received received
                && received.connection() == connection;
    wire.removeIf(lost);
    stuck.removeIf(lost);
  }

  /** Makes bytes from one node to another take some time. */
  void delay(int from, int to, long forMillis) {
    delays.put(from + ">" + to, forMillis);
  }

  private static String pair(int one, int other) {
    return Math.min(one, other) + "-" + Math.max(one, other);
  }

  /** Lets time pass. */
  void run(long forMillis) {
    long until = millis + forMillis;
    while (millis < until) {
      millis++;
      if (millis % TICK_MILLIS == 0) {
        actors.values().forEach(actor -> actor.inbox.add(new Input.Tick()));
      }
      settle();
    }
  }

  /** What a node replies to one request on a connection of its own. */
  String ask(int port, String request) {
    return ask(port, open(port), request);
  }

  /** Opens a client's connection to a node; gives its number. */
  long open(int port) {
    long connection = nextAccepted;
    nextAccepted += 2;
    actor(port)
        .inbox
        .add(
            new Input.Accepted(
                connection, Input.Listener.CLIENT, "127.0.0.1", 50_000, "127.0.0.1", port));
    return connection;
  }

  /** What a node replies at once to one request, or several lines of them, on a connection. */
  String ask(int port, long connection, String request) {
    Actor actor = actor(port);
    actor.inbox.add(
        new Input.Received(connection, (request + "\r\n").getBytes(StandardCharsets.UTF_8)));
    turn(actor);
    String reply = heard(port, connection);
    settle();
    return reply;
  }

  /** What has been sent on a client's connection since the last call. */
  String heard(int port, long connection) {
    StringBuilder text = actor(port).replies.remove(connection);
    return text == null ? "" : text.toString();
  }

  /** A node's nodes.conf. */
  String nodesConf(int port) {
    return new String(actor(port).nodesConf, StandardCharsets.UTF_8);
  }

  /** Delivers what is due until nothing is. */
  private void settle() {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      while (!wire.isEmpty() && wire.peek().at() <= millis) {
        deliver(wire.remove());
      }
      boolean quiet = true;
      for (Actor actor : actors.values()) {
        quiet &= actor.inbox.isEmpty();
        turn(actor);
      }
      if (quiet && (wire.isEmpty() || wire.peek().at() > millis)) {
        return;
      }
    }
    throw new IllegalStateException("the nodes do not come to rest");
  }

  private void deliver(Delivery delivery) {
    if (cuts.contains(pair(delivery.from(), delivery.to()))) {
      stuck.add(delivery);
    } else {
      actor(delivery.to()).inbox.add(delivery.input());
    }
  }

  private void turn(Actor actor) {
    List<Input> inputs = List.copyOf(actor.inbox);
    actor.inbox.clear();
    if (inputs.isEmpty() || actor.node.isEmpty()) {
      return;
    }
    for (Effect effect : actor.node.get().turn(millis * 1000, inputs)) {
      perform(actor, effect);
    }
  }

  private void perform(Actor actor, Effect effect) {
    if (effect instanceof Effect.Connect connect) {
      witness.saw(actor.port, effect, Optional.of(portOf(connect)));
      connect(actor, connect);
    } else if (effect instanceof Effect.Send send) {
      End peer = actor.ends.get(send.connection());
      if (peer == null) {
        actor
            .replies
            .computeIfAbsent(send.connection(), unheard -> new StringBuilder())
            .append(new String(send.data(), StandardCharsets.UTF_8));
      } else {
        witness.saw(actor.port, effect, Optional.of(peer.port()));
        post(actor.port, peer.port(), new Input.Received(peer.connection(), send.data()));
      }
    } else if (effect instanceof Effect.Close close) {
      hangUp(actor, close.connection());
    } else if (effect instanceof Effect.AwaitDrained await) {
      actor.inbox.add(new Input.Drained(await.connection()));
    } else if (effect instanceof Effect.Again) {
      actor.inbox.add(new Input.Tick());
    } else {
      witness.saw(actor.port, effect, Optional.empty());
      if (effect instanceof Effect.Replace replace) {
        actor.nodesConf = replace.data();
      }
    }
  }

  private static int portOf(Effect.Connect connect) {
    return connect.port() > BUS ? connect.port() - BUS : connect.port();
  }

  private void connect(Actor actor, Effect.Connect connect) {
    int port = portOf(connect);
    Actor target = actors.get(port);
    if (target == null || target.node.isEmpty()) {
      post(port, actor.port, new Input.Closed(connect.connection(), "Connection refused"));
      return;
    }
    long accepted = nextAccepted;
    nextAccepted += 2;
    actor.ends.put(connect.connection(), new End(port, accepted));
    target.ends.put(accepted, new End(actor.port, connect.connection()));
    Input.Listener listener = connect.port() > BUS ? Input.Listener.BUS : Input.Listener.CLIENT;
    post(
        actor.port,
        port,
        new Input.Accepted(accepted, listener, "127.0.0.1", 40_000, "127.0.0.1", connect.port()));
    post(port, actor.port, new Input.Connected(connect.connection(), "127.0.0.1"));
  }

  private void hangUp(Actor actor, long connection) {
    End peer = actor.ends.remove(connection);
    if (peer != null) {
      actor(peer.port()).ends.remove(peer.connection());
      post(actor.port, peer.port(), new Input.Closed(peer.connection(), "closed by the peer"));
    }
  }

  private void post(int from, int to, Input input) {
    long delay = delays.getOrDefault(from + ">" + to, 0L);
    wire.add(new Delivery(millis + delay, order++, from, to, input));
  }
}
