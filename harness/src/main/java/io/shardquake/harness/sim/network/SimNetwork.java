package io.shardquake.harness.sim.network;

import io.shardquake.faults.network.Direction;
import io.shardquake.faults.network.Impairment;
import io.shardquake.faults.network.Imposition;
import io.shardquake.faults.network.Network;
import io.shardquake.faults.network.Plane;
import io.shardquake.faults.network.Traffic;
import io.shardquake.harness.sim.time.EventQueue;
import io.shardquake.workloads.generator.RandomSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What carries bytes between nodes and clients, and lets go wrong what it is told. Not thread-safe.
 */
public final class SimNetwork implements Network {
  /** Who is nobody's business to cut off: the harness itself. */
  private static final String HARNESS = "harness";

  private final EventQueue queue;
  private final NetworkQuality quality;
  private final RandomSource random;
  private final Map<String, String> nameOf = new LinkedHashMap<>();
  private final Map<Endpoint, Listener> listeners = new LinkedHashMap<>();
  private final Map<Direction, Lane> lanes = new LinkedHashMap<>();

  public SimNetwork(EventQueue queue, NetworkQuality quality, RandomSource random) {
    this.queue = queue;
    this.quality = quality;
    this.random = random;
  }

  EventQueue queue() {
    return queue;
  }

  /** Makes a node known by the address that it has. */
  public void host(String name, String ip) {
    nameOf.put(ip, name);
  }

  /** Lets somebody take connections. */
  public void listen(String ip, int port, Listener listener) {
    listeners.put(new Endpoint(ip, port), listener);
  }

  /** Lets nobody take connections there any more. */
  public void refuse(String ip, int port) {
    listeners.remove(new Endpoint(ip, port));
  }

  @Nullable Listener listener(Endpoint at) {
    return listeners.get(at);
  }

  /**
   * Opens a connection.
   *
   * @param fromIp who asks; an address that is no node's is a client's
   * @param bus whether to the port of the cluster bus
   * @param patienceNanos how long to wait for it to open
   */
  public Socket connect(
      String fromIp, String ip, int port, boolean bus, long patienceNanos, Peer opener) {
    String from = nameOf.getOrDefault(fromIp, Direction.CLIENTS);
    Plane plane =
        bus ? Plane.BUS : from.equals(Direction.CLIENTS) ? Plane.CLIENT : Plane.REPLICATION;
    String to = nameOf.getOrDefault(ip, ip);
    return connect(
        new Direction(from, to, plane), fromIp, new Endpoint(ip, port), patienceNanos, opener);
  }

  /** Opens a connection that no fault touches, for whoever has to know how a node does. */
  public Socket connectDirectly(String ip, int port, Peer opener) {
    Direction way = new Direction(HARNESS, nameOf.getOrDefault(ip, ip), Plane.CLIENT);
    return connect(way, "10.2.0.1", new Endpoint(ip, port), Long.MAX_VALUE / 2, opener);
  }

  private Socket connect(
      Direction way, String fromIp, Endpoint target, long patienceNanos, Peer opener) {
    Connection connection =
        new Connection(this, target, fromIp, lane(way), lane(way.reversed()), opener);
    connection.open();
    if (patienceNanos < Long.MAX_VALUE / 2) {
      queue.after(patienceNanos, connection::giveUp);
    }
    return connection.openersEnd();
  }

  /** A second connection that hears what a first one does, and whose answers go nowhere. */
  Peer twin(Listener listener, String remoteIp) {
    Direction nowhere = new Direction(HARNESS, HARNESS, Plane.CLIENT);
    Peer sink =
        new Peer() {
          @Override
          public void received(byte[] data) {}

          @Override
          public void closed(String reason) {}
        };
    Connection second =
        new Connection(this, new Endpoint("", 0), remoteIp, lane(nowhere), lane(nowhere), sink);
    return second.acceptedBy(listener);
  }

  private Lane lane(Direction direction) {
    Lane lane = lanes.get(direction);
    if (lane == null) {
      lane = new Lane(direction, quality.laneFactor(random));
      lanes.put(direction, lane);
    }
    return lane;
  }

  long latency(Lane lane) {
    return quality.latencyNanos(random, lane.factor());
  }

  long jittered(Impairment impairment) {
    long jitter = impairment.jitter().toNanos();
    long offset = jitter == 0 ? 0 : (long) (random.nextDouble() * (2 * jitter + 1)) - jitter;
    return impairment.delay().toNanos() + offset;
  }

  byte[] corrupted(Lane lane, byte[] data) {
    double probability = lane.impairment().corruption();
    if (probability == 0 || random.nextDouble() >= probability || data.length == 0) {
      return data;
    }
    lane.corrupted++;
    byte[] changed = data.clone();
    int bit = random.nextInt(data.length * Byte.SIZE);
    changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
    return changed;
  }

  @Override
  public Imposition impose(List<Direction> where, Impairment what) {
    where.forEach(this::requireKnown);
    List<Lane> struck = where.stream().map(this::lane).toList();
    struck.forEach(lane -> lane.impose(what));
    return new SimImposition(struck, what);
  }

  @Override
  public Imposition flap(List<Direction> where, Impairment what, Duration on, Duration off) {
    return new Flapping(queue, () -> impose(where, what), on.toNanos(), off.toNanos());
  }

  @Override
  public Traffic traffic(Direction direction) {
    requireKnown(direction);
    return lane(direction).traffic();
  }

  private void requireKnown(Direction direction) {
    for (String end : List.of(direction.from(), direction.to())) {
      if (!nameOf.containsValue(end) && !end.equals(Direction.CLIENTS)) {
        throw new IllegalArgumentException("the network knows no node " + end);
      }
    }
  }

  /** Something that goes wrong in some directions. */
  private static final class SimImposition implements Imposition {
    private final List<Lane> lanes;
    private final Impairment what;
    private boolean lifted;

    SimImposition(List<Lane> lanes, Impairment what) {
      this.lanes = lanes;
      this.what = what;
    }

    @Override
    public CompletionStage<Void> inForce() {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> lift() {
      if (!lifted) {
        lifted = true;
        lanes.forEach(lane -> lane.lift(what));
      }
      return CompletableFuture.completedStage(null);
    }
  }
}
