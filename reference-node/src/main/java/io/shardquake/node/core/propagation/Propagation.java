package io.shardquake.node.core.propagation;

import io.shardquake.node.core.resp.ReplyBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the effects of one unit of execution (a command, a transaction) and hands them on as
 * Redis does: none as nothing, one bare, several between MULTI and EXEC. Not thread-safe.
 */
public final class Propagation {
  private final List<CommandSink> sinks = new ArrayList<>();
  private final List<List<byte[]>> unit = new ArrayList<>();
  private final List<Target> targets = new ArrayList<>();
  private final ReplyBuffer encoder = new ReplyBuffer();
  private Target target = Target.ALL;
  private boolean split;
  private boolean suspended;

  /** Who hears of an effect: a script may choose ({@code redis.set_repl}). */
  public enum Target {
    ALL,
    /** The append-only file, and whoever else keeps what happened here. */
    LOG,
    REPLICAS,
    NOBODY
  }

  public void addSink(CommandSink sink) {
    sinks.add(sink);
  }

  /** While suspended (loading, commands from a master), what is added is dropped. */
  public void suspend(boolean yes) {
    this.suspended = yes;
  }

  /** Chooses who hears of what is added from now on. */
  public void direct(Target to) {
    this.target = to;
  }

  /** Adds an effect to the unit. */
  public void add(List<byte[]> command) {
    if (!suspended) {
      unit.add(List.copyOf(command));
      targets.add(target);
      split |= target != Target.ALL;
    }
  }

  /** Adds an effect to the unit, given in words. */
  public void add(String name, byte[]... arguments) {
    List<byte[]> command = new ArrayList<>(arguments.length + 1);
    command.add(name.getBytes(StandardCharsets.US_ASCII));
    command.addAll(List.of(arguments));
    add(command);
  }

  /** Number of effects in the unit so far. */
  public int size() {
    return unit.size();
  }

  /** Ends the unit: hands its effects to every sink. */
  public void endUnit(int database) {
    flush(database, unit.size() > 1);
  }

  /** Ends the unit without MULTI and EXEC around it, as for keys that expired by themselves. */
  public void endUnwrapped(int database) {
    flush(database, false);
  }

  private void flush(int database, boolean wrapped) {
    if (unit.isEmpty()) {
      return;
    }
    if (split) {
      List<List<byte[]>> forLog = heardBy(Target.LOG);
      List<List<byte[]>> forReplicas = heardBy(Target.REPLICAS);
      sinks.forEach(sink -> send(sink, database, sink.isLog() ? forLog : forReplicas));
    } else {
      byte[] encoded = encode(unit, wrapped);
      sinks.forEach(sink -> sink.append(database, encoded));
    }
    unit.clear();
    targets.clear();
    split = false;
  }

  private List<List<byte[]>> heardBy(Target listener) {
    List<List<byte[]>> heard = new ArrayList<>();
    for (int i = 0; i < unit.size(); i++) {
      if (targets.get(i) == Target.ALL || targets.get(i) == listener) {
        heard.add(unit.get(i));
      }
    }
    return heard;
  }

  private void send(CommandSink sink, int database, List<List<byte[]>> commands) {
    if (!commands.isEmpty()) {
      sink.append(database, encode(commands, commands.size() > 1));
    }
  }

  private byte[] encode(List<List<byte[]>> commands, boolean wrapped) {
    if (wrapped) {
      encoder.bulks(List.of("MULTI".getBytes(StandardCharsets.US_ASCII)));
    }
    commands.forEach(encoder::bulks);
    if (wrapped) {
      encoder.bulks(List.of("EXEC".getBytes(StandardCharsets.US_ASCII)));
    }
    return encoder.take();
  }
}
