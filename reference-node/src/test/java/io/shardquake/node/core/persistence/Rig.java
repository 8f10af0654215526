package io.shardquake.node.core.persistence;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Input;
import io.shardquake.node.core.Node;
import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.defect.Defect;
import io.shardquake.node.differential.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** A node with a disk in memory and one client. Its process can die between any two effects. */
final class Rig {
  private static final long CLIENT = 2;

  private final Configuration configuration;
  private final Node node;
  private final MemoryDisk disk;
  private final Deque<Input> answers = new ArrayDeque<>();
  private final List<String> log = new ArrayList<>();
  private StringBuilder heard = new StringBuilder();
  private long nowMillis = 1_700_000_000_000L;
  private Optional<Integer> exit = Optional.empty();
  private long effectsToLive = Long.MAX_VALUE;

  /**
   * A node that has just started and waits for its disk.
   *
   * @param settings directives and their values in turn
   */
  Rig(MemoryDisk disk, String... settings) {
    this(disk, Set.of(), settings);
  }

  Rig(MemoryDisk disk, Set<Defect> defects, String... settings) {
    this.disk = disk;
    this.configuration = new Configuration(defects);
    configuration.set("save", "");
    for (int i = 0; i < settings.length; i += 2) {
      configuration.set(settings[i], settings[i + 1]);
    }
    this.node = new Node(configuration, new Randomness(new SplittableRandom(1)), nowMillis * 1000);
    happens(
        new Input.Started(1, "", "", ""),
        new Input.Accepted(CLIENT, Input.Listener.CLIENT, "127.0.0.1", 5000, "127.0.0.1", 6379));
  }

  /** A node that has started and loaded what is on the disk, or has refused to. */
  static Rig started(MemoryDisk disk, String... settings) {
    return started(disk, Set.of(), settings);
  }

  static Rig started(MemoryDisk disk, Set<Defect> defects, String... settings) {
    Rig rig = new Rig(disk, defects, settings);
    rig.settle();
    return rig;
  }

  MemoryDisk disk() {
    return disk;
  }

  Configuration configuration() {
    return configuration;
  }

  /** The exit code, if it has ended by itself. */
  Optional<Integer> exit() {
    return exit;
  }

  List<String> log() {
    return log;
  }

  /** Lets it die after so many more effects. */
  void dieAfter(long effects) {
    effectsToLive = effects;
  }

  boolean isDead() {
    return effectsToLive <= 0 || exit.isPresent();
  }

  void happens(Input... inputs) {
    if (isDead()) {
      return;
    }
    for (Effect effect : node.turn(nowMillis * 1000, List.of(inputs))) {
      if (isDead()) {
        return;
      }
      effectsToLive--;
      disk.perform(effect).ifPresent(answers::add);
      if (effect instanceof Effect.Send send) {
        heard.append(new String(send.data(), StandardCharsets.ISO_8859_1));
      } else if (effect instanceof Effect.Exit end) {
        exit = Optional.of(end.code());
      } else if (effect instanceof Effect.Log line) {
        log.add(line.message());
      }
    }
  }

  /** Lets the next answer of the disk arrive; false if there is none. */
  boolean step() {
    if (answers.isEmpty() || isDead()) {
      return false;
    }
    happens(answers.remove());
    return true;
  }

  /** Lets everything arrive that the disk has to answer. */
  void settle() {
    while (step()) {
      if (isDead()) {
        return;
      }
    }
  }

  void passes(long millis) {
    nowMillis += millis;
    happens(new Input.Tick());
  }

  void sends(String request) {
    happens(new Input.Received(CLIENT, Request.parse(request).encoded()));
  }

  /** What the client has been told since the last call, line ends as spaces. */
  String heard() {
    String text = heard.toString().replace("\r\n", " ").strip();
    heard = new StringBuilder();
    return text;
  }

  /** Sends a request and gives what is answered at once. */
  String ask(String request) {
    sends(request);
    return heard();
  }
}
