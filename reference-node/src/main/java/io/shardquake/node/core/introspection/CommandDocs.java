package io.shardquake.node.core.introspection;

import io.shardquake.node.core.command.CommandSpec;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.resp.ReplyBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A command as COMMAND DOCS shows it; the file {@code docs.txt} says how it is written there. */
final class CommandDocs {
  private final Map<String, List<String>> elements = new TreeMap<>();

  CommandDocs() {
    for (String line : CommandTable.lines("docs.txt")) {
      List<String> parts = Arrays.asList(line.strip().split("\t", -1));
      elements.put(parts.get(0), parts.subList(1, parts.size()));
    }
  }

  /** Writes a name and what is said of it. */
  void write(CommandSpec spec, ReplyBuffer reply) {
    reply.bulk(spec.name());
    List<String> parts = elements.getOrDefault(spec.name(), List.of("%0"));
    int pairs = Integer.parseInt(parts.get(0).substring(1));
    boolean container = !spec.subcommands().isEmpty();
    reply.map(container ? pairs + 1 : pairs);
    parts.stream().skip(1).forEach(part -> write(part, reply));
    if (container) {
      reply.bulk("subcommands");
      reply.map(spec.subcommands().size());
      spec.subcommands().forEach(sub -> write(sub, reply));
    }
  }

  private static void write(String part, ReplyBuffer reply) {
    String rest = part.substring(1);
    switch (part.charAt(0)) {
      case '%' -> reply.map(Integer.parseInt(rest));
      case '*' -> reply.array(Integer.parseInt(rest));
      case '~' -> reply.set(Integer.parseInt(rest));
      case ':' -> reply.integer(Long.parseLong(rest));
      case '+' -> reply.simple(rest);
      default -> reply.bulk(rest);
    }
  }
}
