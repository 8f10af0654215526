package io.shardquake.harness.sim.node;

import io.shardquake.faults.NodeStatus;
import io.shardquake.faults.network.Plane;
import io.shardquake.harness.sim.disk.SimDisk;
import io.shardquake.harness.sim.network.Peer;
import io.shardquake.harness.sim.network.SimNetwork;
import io.shardquake.harness.sim.network.Socket;
import io.shardquake.harness.sim.time.Chance;
import io.shardquake.harness.sim.time.EventQueue;
import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Input;
import io.shardquake.node.core.Node;
import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.workloads.generator.RandomSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A machine with a reference node on it: what {@code NodeServer} does with sockets, files and
 * threads, in virtual time. Effects are performed strictly in their order, each before the next
 * begins; a sync takes its time, and a process that dies meanwhile has not done the rest.
 */
public final class SimNode {
  private static final long CONNECT_PATIENCE = 5_000_000_000L;
  private static final int FAILURE = 70;

  private final NodeFacts facts;
  private final MachineQuality quality;
  private final EventQueue queue;
  private final SimNetwork network;
  private final RandomSource random;
  private final Witness witness;
  private final SimDisk disk = new SimDisk();
  private final MachineClock clock;

  private final Map<Long, Socket> sockets = new HashMap<>();
  private List<Input> inbox = new ArrayList<>();
  private List<Effect> effects = List.of();
  private int nextEffect;
  private @Nullable Node core;
  private NodeStatus.State state = NodeStatus.State.DEAD;
  private int lives;
  private int pid = -1;
  private long lastAccepted;
  private long busyUntil;
  private boolean turnScheduled;
  private long diskBusyUntil;
  private int slowness = 1;

  /** A machine that is switched on, without any process. */
  public SimNode(
      NodeFacts facts,
      MachineQuality quality,
      EventQueue queue,
      SimNetwork network,
      RandomSource random,
      Witness witness) {
    this.facts = facts;
    this.quality = quality;
    this.queue = queue;
    this.network = network;
    this.random = random;
    this.witness = witness;
    int drift = quality.driftMillionths();
    this.clock = new MachineClock(queue, drift == 0 ? 0 : random.nextInt(2 * drift + 1) - drift);
    network.host(facts.name(), facts.ip());
  }

  public NodeFacts facts() {
    return facts;
  }

  public SimDisk disk() {
    return disk;
  }

  /** The process as the operating system knows it. */
  public NodeStatus status() {
    return new NodeStatus(facts.name(), state == NodeStatus.State.DEAD ? -1 : pid, state);
  }

  /** The core, if there is a process. */
  public Optional<Node> core() {
    return Optional.ofNullable(core);
  }

  /** Nanoseconds since the start of the simulation. */
  public long nowNanos() {
    return queue.nowNanos();
  }

  /** At the other end of a connection is who. */
  public String peerOf(long connection) {
    Socket socket = sockets.get(connection);
    return socket == null ? "" : socket.to();
  }

  /** Whether it is a client, or an administrator, that is at the other end of a connection. */
  public boolean isClient(long connection) {
    Socket socket = sockets.get(connection);
    return socket != null && socket.plane() == Plane.CLIENT;
  }

  /** One of this node's ends of connections. */
  public Optional<Socket> socket(long connection) {
    return Optional.ofNullable(sockets.get(connection));
  }

  /** Starts a process on what the disk holds. */
  public void start() {
    if (state != NodeStatus.State.DEAD) {
      return;
    }
    lives++;
    pid = facts.number() * 1000 + lives;
    state = NodeStatus.State.RUNNING;
    Configuration configuration = new Configuration(facts.defects());
    facts.directives().forEach(configuration::set);
    Randomness own = new Randomness(new Chance(random.fork("life " + lives)));
    Node started = new Node(configuration, own, clock.unixMicros());
    disk.content(configuration.text("cluster-config-file"))
        .filter(content -> content.length > 0)
        .ifPresent(started::restoreCluster);
    core = started;
    busyUntil = queue.nowNanos();
    witness.process(this, "starts, process " + pid);
    network.listen(facts.ip(), facts.port(), accepting(Input.Listener.CLIENT, facts.port()));
    network.listen(facts.ip(), facts.busPort(), accepting(Input.Listener.BUS, facts.busPort()));
    happened(new Input.Started(pid, "Simulated 1.0 virtual", "/sim/node", ""));
    tick(lives);
  }

  private io.shardquake.harness.sim.network.Listener accepting(Input.Listener kind, int port) {
    return (socket, remoteIp) -> {
      lastAccepted += 2;
      long number = lastAccepted;
      sockets.put(number, socket);
      happened(new Input.Accepted(number, kind, remoteIp, 50_000, facts.ip(), port));
      return new End(number, lives);
    };
  }

  private void tick(int life) {
    if (life == lives && state != NodeStatus.State.DEAD) {
      if (state == NodeStatus.State.RUNNING) {
        happened(new Input.Tick());
      }
      queue.after(quality.tickMillis() * 1_000_000L, () -> tick(life));
    }
  }

  /** Ends the process without warning. */
  public void kill() {
    if (state != NodeStatus.State.DEAD) {
      witness.process(this, "is killed");
      die();
      if (quality.losesPower()) {
        long lost = disk.losePower(random);
        witness.process(this, "loses power, and " + lost + " bytes that were not synced");
      }
    }
  }

  private void die() {
    state = NodeStatus.State.DEAD;
    core = null;
    inbox = new ArrayList<>();
    effects = List.of();
    nextEffect = 0;
    turnScheduled = false;
    network.refuse(facts.ip(), facts.port());
    network.refuse(facts.ip(), facts.busPort());
    List<Socket> open = List.copyOf(new TreeMap<>(sockets).values());
    sockets.clear();
    open.forEach(Socket::close);
  }

  /** Asks the process to end in an orderly way. */
  public void terminate() {
    if (state != NodeStatus.State.DEAD) {
      happened(new Input.Terminate());
    }
  }

  /** Stops the process from running. */
  public void pause() {
    if (state == NodeStatus.State.RUNNING) {
      state = NodeStatus.State.PAUSED;
      witness.process(this, "is paused");
    }
  }

  /** Lets it run again. */
  public void resume() {
    if (state == NodeStatus.State.PAUSED) {
      state = NodeStatus.State.RUNNING;
      witness.process(this, "goes on");
      goOn();
    }
  }

  /** Sets the machine's clock forward, or back. */
  public void jump(long micros) {
    clock.jump(micros);
    witness.process(this, "has its clock set by " + micros / 1000 + " ms");
  }

  /** Lets everything that the processor does take so many times longer; 1 is as it should be. */
  public void slowDown(int times) {
    slowness = times;
    witness.process(this, times == 1 ? "is as fast as ever" : "is " + times + " times slower");
  }

  /** Notes what happened; the node's turn comes as soon as it is free. */
  private void happened(Input input) {
    inbox.add(input);
    if (!turnScheduled) {
      goOn();
    }
  }

  /** Goes on with what is to be done, or sees to it that this happens when the node is free. */
  private void goOn() {
    boolean idle = nextEffect >= effects.size() && inbox.isEmpty();
    if (state != NodeStatus.State.RUNNING || turnScheduled || idle) {
      return;
    }
    if (busyUntil > queue.nowNanos()) {
      turnScheduled = true;
      int life = lives;
      queue.at(busyUntil, () -> free(life));
    } else if (nextEffect < effects.size()) {
      perform();
    } else if (!inbox.isEmpty()) {
      turn();
    }
  }

  private void free(int life) {
    if (life == lives) {
      turnScheduled = false;
      goOn();
    }
  }

  private void turn() {
    Node turning = core;
    if (turning == null) {
      return;
    }
    List<Input> inputs = inbox;
    inbox = new ArrayList<>();
    witness.turning(this, inputs);
    busyUntil = queue.nowNanos() + quality.turnMicros() * 1000L * slowness;
    try {
      effects = turning.turn(clock.unixMicros(), inputs);
    } catch (RuntimeException | StackOverflowError failure) {
      crash(failure);
      return;
    }
    nextEffect = 0;
    witness.turned(this, effects);
    perform();
  }

  private void crash(Throwable failure) {
    witness.crashed(this, failure);
    witness.process(this, "crashes: " + failure);
    die();
  }

  /** Performs effects until one takes time, or the process ends. */
  private void perform() {
    List<Effect> all = effects;
    while (nextEffect < all.size() && effects == all) {
      Effect effect = all.get(nextEffect++);
      witness.performing(this, effect);
      long takes = perform(effect);
      if (takes > 0) {
        busyUntil = Math.max(busyUntil, queue.nowNanos()) + takes * slowness;
        break;
      }
    }
    goOn();
  }

  /** Performs an effect; how long the next one has to wait for that. */
  private long perform(Effect effect) {
    if (effect instanceof Effect.Send send) {
      Socket socket = sockets.get(send.connection());
      if (socket != null) {
        socket.send(send.data());
      }
      return 0;
    }
    if (disk.perform(effect)) {
      return timeOf(effect);
    }
    if (SimDisk.isBackground(effect)) {
      performLater(effect);
    } else if (effect instanceof Effect.Connect connect) {
      connect(connect);
    } else if (effect instanceof Effect.Close close) {
      Socket socket = sockets.remove(close.connection());
      if (socket != null) {
        socket.close();
      }
    } else if (effect instanceof Effect.AwaitDrained await) {
      socket(await.connection()).ifPresent(Socket::awaitDrained);
    } else if (effect instanceof Effect.Again) {
      inbox.add(new Input.Tick());
    } else if (effect instanceof Effect.Stall stall) {
      return stall.micros() * 1000;
    } else if (effect instanceof Effect.Exit exit) {
      witness.process(this, "ends with exit code " + exit.code());
      if (exit.code() == FAILURE) {
        witness.crashed(this, new IllegalStateException("the node gave up"));
      }
      die();
    }
    return 0;
  }

  private long timeOf(Effect effect) {
    boolean durable =
        effect instanceof Effect.Sync
            || effect instanceof Effect.Rename
            || (effect instanceof Effect.Replace replace && replace.durable());
    return durable ? quality.syncMicros() * 500L + random.nextInt(quality.syncMicros() * 1000) : 0;
  }

  private void performLater(Effect effect) {
    int micros = effect instanceof Effect.SyncLater ? quality.syncMicros() : quality.readMicros();
    diskBusyUntil =
        Math.max(diskBusyUntil, queue.nowNanos()) + micros * 500L + random.nextInt(micros * 1000);
    int life = lives;
    queue.at(
        diskBusyUntil,
        () -> {
          if (life == lives && state != NodeStatus.State.DEAD) {
            happened(disk.performInBackground(effect));
          }
        });
  }

  private void connect(Effect.Connect wanted) {
    boolean bus = wanted.port() > 10_000;
    String from = wanted.from().isEmpty() ? facts.ip() : wanted.from();
    sockets.put(
        wanted.connection(),
        network.connect(
            from,
            wanted.host(),
            wanted.port(),
            bus,
            CONNECT_PATIENCE,
            new End(wanted.connection(), lives)));
  }

  /** This node's end of a connection, in one life of its process. */
  private final class End implements Peer {
    private final long number;
    private final int life;

    End(long number, int life) {
      this.number = number;
      this.life = life;
    }

    private boolean isOpen() {
      return life == lives && sockets.containsKey(number);
    }

    @Override
    public void connected() {
      if (isOpen()) {
        happened(new Input.Connected(number, facts.ip()));
      }
    }

    @Override
    public void received(byte[] data) {
      if (isOpen()) {
        happened(new Input.Received(number, data));
      }
    }

    @Override
    public void closed(String reason) {
      if (life == lives && sockets.remove(number) != null) {
        happened(new Input.Closed(number, reason));
      }
    }

    @Override
    public void drained() {
      if (isOpen()) {
        happened(new Input.Drained(number));
      }
    }
  }
}
