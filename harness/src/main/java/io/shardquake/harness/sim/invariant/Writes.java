package io.shardquake.harness.sim.invariant;

import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.harness.sim.node.SimNode;
import io.shardquake.node.core.Effect;
import io.shardquake.node.core.cluster.ClusterInsight;
import io.shardquake.node.core.propagation.CommandSink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * What a master executes, as it goes to its log and to its replicas: only on keys of slots that it
 * owns or imports (B08), nothing while one of its replicas takes over by an administrator's wish
 * (K02), and each turn's effects are appended in that turn, before anybody is told of them (J07).
 * One of these sees one life of a process.
 */
final class Writes implements CommandSink {
  private static final List<String> WITHOUT_KEY_OF_OWN_SLOT =
      List.of("MULTI", "EXEC", "DEL", "UNLINK", "PUBLISH", "SPUBLISH", "SELECT", "FLUSHALL");

  /** How long a manual failover may take, less what a clock may be wrong by. */
  private static final long HANDOVER_NANOS = 4_900_000_000L;

  /** How the keys begin that strays write to without ASKING. */
  private static final String UNASKED = "unasked:";

  private final SimNode node;
  private final Complaint complaint;
  private long bytes;
  private long heldUntilNanos;
  private boolean logs;

  Writes(SimNode node, Complaint complaint) {
    this.node = node;
    this.complaint = complaint;
  }

  @Override
  public void append(int database, byte[] encoded) {
    bytes += encoded.length;
    ClusterInsight now =
        node.core()
            .flatMap(core -> core.clusterInsight())
            .filter(ClusterInsight::isMaster)
            .orElse(null);
    if (now == null) {
      return;
    }
    int at = 0;
    while (at < encoded.length) {
      int words = number(encoded, at + 1);
      at = endOfLine(encoded, at);
      String name = "";
      for (int word = 0; word < words; word++) {
        int length = number(encoded, at + 1);
        at = endOfLine(encoded, at);
        if (word == 0) {
          name =
              new String(encoded, at, length, StandardCharsets.US_ASCII).toUpperCase(Locale.ROOT);
        } else if (word == 1 && !WITHOUT_KEY_OF_OWN_SLOT.contains(name)) {
          executed(name, new String(encoded, at, length, StandardCharsets.UTF_8), now);
        }
        at += length + 2;
      }
    }
  }

  /** A replica has asked for its master's place; from the next turn on no write is executed. */
  void hold() {
    heldUntilNanos = node.nowNanos() + HANDOVER_NANOS;
  }

  private void executed(String name, String key, ClusterInsight now) {
    if (node.nowNanos() < heldUntilNanos) {
      complaint.of(
          node,
          "wrote-while-handing-over",
          "it executed " + name + " on " + key + " after a replica had asked to take over");
    }
    int slot = KeySlot.of(key);
    if (!now.owns(slot) && name.equals("SET") && key.startsWith(UNASKED)) {
      complaint.of(
          node,
          "served-unasked",
          "it executed a SET of slot " + slot + " that came without ASKING, and does not own it");
    }
    if (!now.owns(slot) && !now.imports(slot)) {
      complaint.of(
          node,
          "wrote-to-foreign-slot",
          "it executed "
              + name
              + " on "
              + key
              + " of slot "
              + slot
              + ", which it neither owns nor imports");
    }
  }

  private static int number(byte[] bytes, int from) {
    int number = 0;
    for (int at = from; bytes[at] != '\r'; at++) {
      number = 10 * number + bytes[at] - '0';
    }
    return number;
  }

  private static int endOfLine(byte[] bytes, int from) {
    int at = from;
    while (bytes[at] != '\n') {
      at++;
    }
    return at + 1;
  }

  /** A turn is over. */
  void turned(List<Effect> effects, boolean isMaster) {
    if (!isMaster) {
      heldUntilNanos = 0;
      logs = false;
      bytes = 0;
    }
    if (bytes == 0) {
      return;
    }
    bytes = 0;
    boolean appended =
        effects.stream()
            .anyMatch(
                effect ->
                    effect instanceof Effect.Append append && append.file().endsWith(".incr.aof"));
    if (logs && !appended) {
      complaint.of(
          node, "not-appended", "what it executed was not appended to the log in the same turn");
    }
    logs = appended;
  }
}
