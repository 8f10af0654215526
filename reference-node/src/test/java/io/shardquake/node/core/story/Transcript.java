package io.shardquake.node.core.story;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.bus.BusCodec;
import io.shardquake.node.core.bus.BusFramer;
import io.shardquake.node.core.bus.BusFramer.NotABusMessage;
import io.shardquake.node.core.bus.BusMessage;
import io.shardquake.node.core.bus.GossipEntry;
import io.shardquake.node.core.bus.Header;
import io.shardquake.node.core.bus.SlotBitmap;
import io.shardquake.node.core.keyspace.HashSlot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes down what nodes do, in words, with ports where the wire has node IDs. */
final class Transcript {
  /** What is shown unless it is hidden. */
  private final TreeSet<String> shown =
      new TreeSet<>(
          List.of(
              "MEET",
              "FAIL",
              "FAILOVER_AUTH_REQUEST",
              "FAILOVER_AUTH_ACK",
              "UPDATE",
              "MFSTART",
              "PUBLISH",
              "PUBLISHSHARD",
              "log"));

  private final Map<String, String> names = new TreeMap<>();
  private final List<String> lines = new ArrayList<>();
  private String last = "";
  private String lastRest = "";

  void show(String what) {
    shown.add(what);
  }

  void hide(String what) {
    shown.remove(what);
  }

  /** Calls a node by a name from now on. */
  void name(String id, String name) {
    names.put(id, name);
  }

  /** Takes the lines written since the last call. */
  List<String> take() {
    List<String> all = List.copyOf(lines);
    lines.clear();
    last = "";
    return all;
  }

  /** Writes down an effect of a node. */
  void write(long millis, int port, Effect effect, Optional<Integer> peer) {
    String when = String.format(Locale.ROOT, "%7.3f", millis / 1000.0);
    if (effect instanceof Effect.Send send && peer.isPresent()) {
      words(send.data())
          .forEach(text -> add(when + "  " + port + " -> ", peer.get().toString(), "  " + text));
    } else if (effect instanceof Effect.Log log && isShown(log)) {
      add(when + "  " + port + " log: ", "", renamed(log.message()));
    } else if (effect instanceof Effect.Replace replace && shown.contains("save")) {
      add(when + "  " + port + " saves ", replace.file(), replace.durable() ? " and syncs it" : "");
    } else if (effect instanceof Effect.Connect connect && shown.contains("connect")) {
      add(when + "  " + port + " connects to ", "port " + connect.port(), "");
    }
  }

  /** Leaves out talk, and what a replica says at every attempt to reach its master. */
  private boolean isShown(Effect.Log log) {
    boolean talk = log.level() == Effect.Level.DEBUG || log.level() == Effect.Level.VERBOSE;
    boolean link =
        log.message().startsWith("Connecting to MASTER")
            || log.message().startsWith("Connection with master lost");
    return shown.contains(talk ? "talk" : link ? "link" : "log");
  }

  /** Adds a line; the same to several at the same time becomes one. */
  private void add(String start, String to, String rest) {
    if (start.equals(last) && rest.equals(lastRest) && start.endsWith("-> ")) {
      int end = lines.size() - 1;
      String line = lines.get(end);
      lines.set(end, line.substring(0, line.length() - rest.length()) + " " + to + rest);
    } else {
      lines.add(start + to + rest);
    }
    last = start;
    lastRest = rest;
  }

  private List<String> words(byte[] data) {
    BusFramer framer = new BusFramer();
    framer.feed(data);
    List<String> texts = new ArrayList<>();
    try {
      Optional<byte[]> bytes = framer.next();
      while (bytes.isPresent()) {
        BusCodec.decode(bytes.get())
            .filter(message -> shown.contains(message.header().type().name()))
            .ifPresent(message -> texts.add(describe(message)));
        bytes = framer.next();
      }
    } catch (NotABusMessage replication) {
      if (shown.contains("stream")) {
        texts.add(
            new String(data, StandardCharsets.ISO_8859_1)
                .replace("\r\n", " ")
                .replace("\n", "(newline)")
                .replaceAll("\\*[0-9]+ |\\$[0-9]+ ", "")
                .strip());
      }
    }
    return texts;
  }

  private String describe(BusMessage message) {
    Header header = message.header();
    String text = header.type() + " epoch " + header.currentEpoch() + "/" + header.configEpoch();
    if (message instanceof BusMessage.Heartbeat heartbeat) {
      text +=
          (header.master().isEmpty()
                  ? ", slots "
                  : ", replica of " + name(header.master()) + " with ")
              + ranges(header.slots());
      if (!heartbeat.gossip().isEmpty()) {
        text +=
            ", gossip "
                + heartbeat.gossip().stream().map(this::gossip).collect(Collectors.joining(" "));
      }
    } else if (message instanceof BusMessage.Fail fail) {
      text += ": " + name(fail.node()) + " has failed";
    } else if (message instanceof BusMessage.Update update) {
      text +=
          ": "
              + name(update.node())
              + " has slots "
              + ranges(update.slots())
              + " with epoch "
              + update.configEpoch();
    }
    return text
        + (header.isPaused() ? ", paused at offset " + header.offset() : "")
        + (header.forcesAck() ? ", by hand" : "");
  }

  private String gossip(GossipEntry entry) {
    boolean suspected = (entry.flags() & 4) != 0;
    boolean failed = (entry.flags() & 8) != 0;
    return name(entry.id()) + (failed ? "(fail)" : suspected ? "(fail?)" : "");
  }

  private String name(String id) {
    return names.getOrDefault(id, "unnamed");
  }

  /** A text with names for node IDs. */
  String renamed(String text) {
    String renamed = text;
    for (Map.Entry<String, String> entry : names.entrySet()) {
      renamed = renamed.replace(entry.getKey(), entry.getValue());
    }
    return renamed;
  }

  private static String ranges(SlotBitmap slots) {
    StringBuilder text = new StringBuilder();
    for (int slot = 0; slot < HashSlot.COUNT; slot++) {
      if (!slots.has(slot)) {
        continue;
      }
      int first = slot;
      while (slot + 1 < HashSlot.COUNT && slots.has(slot + 1)) {
        slot++;
      }
      text.append(text.isEmpty() ? "" : ",").append(first);
      if (slot > first) {
        text.append('-').append(slot);
      }
    }
    return text.isEmpty() ? "none" : text.toString();
  }
}
