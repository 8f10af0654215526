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
  private final ReplyBuffer encoder = new ReplyBuffer();
  private boolean suspended;

  public void addSink(CommandSink sink) {
    sinks.add(sink);
  }

  /** While suspended (loading, commands from a master), what is added is dropped. */
  public void suspend(boolean yes) {
    this.suspended = yes;
  }

  /** Adds an effect to the unit. */
  public void add(List<byte[]> command) {
    if (!suspended) {
      unit.add(List.copyOf(command));
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
    if (wrapped) {
      encoder.bulks(List.of("MULTI".getBytes(StandardCharsets.US_ASCII)));
    }
    unit.forEach(encoder::bulks);
    if (wrapped) {
      encoder.bulks(List.of("EXEC".getBytes(StandardCharsets.US_ASCII)));
    }
    unit.clear();
    byte[] encoded = encoder.take();
    sinks.forEach(sink -> sink.append(database, encoded));
  }
}
