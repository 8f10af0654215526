package io.shardquake.node.core.introspection;

import io.shardquake.node.core.command.CommandFlag;
import io.shardquake.node.core.command.CommandSpec;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.KeySpec;
import io.shardquake.node.core.resp.ReplyBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A command as COMMAND INFO shows it. */
final class CommandDescription {
  private final Map<String, List<String>> tips = new TreeMap<>();
  private final Map<String, String> notes = new TreeMap<>();

  CommandDescription() {
    for (String line : CommandTable.lines("tips.txt")) {
      List<String> words = Arrays.asList(line.split(" ", -1));
      tips.put(words.get(0), words.subList(1, words.size()));
    }
    for (String line : CommandTable.lines("notes.txt")) {
      String[] words = line.split(" ", 3);
      notes.put(words[0] + " " + words[1], words[2]);
    }
  }

  void write(CommandSpec spec, ReplyBuffer reply) {
    reply.array(10);
    reply.bulk(spec.name());
    reply.integer(spec.arity());
    words(spec.flags().stream().map(CommandFlag::word).toList(), reply);
    reply.integer(spec.firstKey());
    reply.integer(spec.lastKey());
    reply.integer(spec.keyStep());
    words(spec.categories(), reply);
    List<String> hints = tips.getOrDefault(spec.name(), List.of());
    reply.set(hints.size());
    hints.forEach(reply::bulk);
    reply.set(spec.keySpecs().size());
    for (int i = 0; i < spec.keySpecs().size(); i++) {
      write(spec.keySpecs().get(i), notes.getOrDefault(spec.name() + " " + i, ""), reply);
    }
    if (spec.subcommands().isEmpty()) {
      reply.set(0);
    } else {
      reply.array(spec.subcommands().size());
    }
    spec.subcommands().forEach(sub -> write(sub, reply));
  }

  static void words(List<String> words, ReplyBuffer reply) {
    reply.set(words.size());
    words.forEach(reply::simple);
  }

  /** The flags of a key specification; one of a channel has none for access. */
  static List<String> flags(KeySpec spec) {
    return spec.flags().stream().filter(flag -> !flag.isEmpty()).toList();
  }

  private static void write(KeySpec spec, String note, ReplyBuffer reply) {
    reply.map(note.isEmpty() ? 3 : 4);
    if (!note.isEmpty()) {
      reply.bulk("notes");
      reply.bulk(note);
    }
    reply.bulk("flags");
    words(flags(spec), reply);
    reply.bulk("begin_search");
    reply.map(2);
    reply.bulk("type");
    if (spec.begin() instanceof KeySpec.Begin.Index index) {
      spec(reply, "index", 1);
      number(reply, "index", index.index());
    } else if (spec.begin() instanceof KeySpec.Begin.Keyword keyword) {
      spec(reply, "keyword", 2);
      reply.bulk("keyword");
      reply.bulk(keyword.keyword().toUpperCase(java.util.Locale.ROOT));
      number(reply, "startfrom", keyword.startFrom());
    } else {
      spec(reply, "unknown", 0);
    }
    reply.bulk("find_keys");
    reply.map(2);
    reply.bulk("type");
    if (spec.find() instanceof KeySpec.Find.Range range) {
      spec(reply, "range", 3);
      number(reply, "lastkey", range.lastKey());
      number(reply, "keystep", range.keyStep());
      number(reply, "limit", range.limit());
    } else if (spec.find() instanceof KeySpec.Find.KeyNumber number) {
      spec(reply, "keynum", 3);
      number(reply, "keynumidx", number.keyNumberIndex());
      number(reply, "firstkey", number.firstKey());
      number(reply, "keystep", number.keyStep());
    } else {
      spec(reply, "unknown", 0);
    }
  }

  private static void spec(ReplyBuffer reply, String type, int fields) {
    reply.bulk(type);
    reply.bulk("spec");
    reply.map(fields);
  }

  private static void number(ReplyBuffer reply, String name, int value) {
    reply.bulk(name);
    reply.integer(value);
  }
}
