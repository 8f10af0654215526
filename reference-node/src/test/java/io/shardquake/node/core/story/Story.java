package io.shardquake.node.core.story;

import io.shardquake.node.core.defect.Defect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A script of lines, and what happens when it is played. Lines that begin with four spaces are what
 * happened; the others are:
 *
 * <pre>
 *   # prose                            said to the reader
 *   seed N                             chooses chance; first line, if at all
 *   nodes PORT... [directive=value]... starts nodes of a cluster
 *   cluster PORT... [replicas PORT...] makes a cluster of them, and tells nothing of how
 *   with directive=value...            for the nodes to come
 *   PORT&gt; COMMAND [; COMMAND]...       asks a node, on one connection
 *   open NAME PORT                     opens a client's connection that stays open
 *   NAME&gt; COMMAND [; COMMAND]...       asks on it
 *   hear NAME                          shows what has come on it since
 *   vars PORT                          shows the last line of a node's nodes.conf
 *   view PORT                          shows the cluster as a node sees it
 *   show WORD... / hide WORD...        messages by type, and log, talk, link,
 *                                      save, connect, stream
 *   run MILLIS                         lets time pass
 *   kill PORT / start PORT             ends a node; starts it again with its files
 *   cut PORT PORT... / mend            separates the first node from others; ends that
 *   reset PORT PORT                    breaks the connections between two nodes
 *   delay PORT PORT MILLIS             slows bytes from one to another
 * </pre>
 */
final class Story {
  private static final String RESULT = "    ";

  private final Transcript transcript = new Transcript();
  private final List<String> played = new ArrayList<>();
  private final Map<String, String> directives = new LinkedHashMap<>();
  private final Map<Integer, String> idOf = new TreeMap<>();
  private final Set<Defect> defects;
  private final Map<String, Client> clients = new TreeMap<>();
  private World world;

  /** A client's connection. */
  private record Client(int port, long connection) {}

  private Story(Set<Defect> defects) {
    this.defects = defects;
    this.world = newWorld(1);
  }

  private World newWorld(long seed) {
    return new World(
        seed,
        defects,
        (port, effect, peer) -> transcript.write(this.world.elapsed(), port, effect, peer));
  }

  /** Plays a script; gives it back with what happened this time. */
  static List<String> play(List<String> script) {
    return play(script, Set.of());
  }

  /** Plays a script with nodes that have some defects. */
  static List<String> play(List<String> script, Set<Defect> defects) {
    Story story = new Story(defects);
    for (String line : script) {
      if (!line.startsWith(RESULT)) {
        story.step(line);
      }
    }
    return story.played;
  }

  private void step(String line) {
    played.add(line);
    if (line.isBlank() || line.startsWith("#")) {
      return;
    }
    List<String> words = List.of(line.strip().split(" +", -1));
    if (words.get(0).endsWith(">")) {
      String whom = words.get(0).substring(0, words.get(0).length() - 1);
      String request = String.join(" ", words.subList(1, words.size()));
      Client client = clients.get(whom);
      tell(
          client == null
              ? reply(Integer.parseInt(whom), request)
              : lines(world.ask(client.port(), client.connection(), prepared(request))));
    } else {
      direct(words.get(0), words.subList(1, words.size()));
    }
    tell(transcript.take());
  }

  private void direct(String verb, List<String> words) {
    switch (verb) {
      case "seed" -> world = newWorld(Long.parseLong(words.get(0)));
      case "with" -> words.forEach(this::direct);
      case "nodes" -> nodes(words);
      case "cluster" -> cluster(words);
      case "view" -> tell(ClusterView.of(reply(port(words, 0), "CLUSTER NODES")));
      case "vars" -> tell(world.nodesConf(port(words, 0)).lines().skip(idOf.size()).toList());
      case "open" -> {
        int port = port(words, 1);
        clients.put(words.get(0), new Client(port, world.open(port)));
      }
      case "hear" -> {
        Client client = clients.get(words.get(0));
        tell(lines(world.heard(client.port(), client.connection())));
      }
      case "show" -> words.forEach(transcript::show);
      case "hide" -> words.forEach(transcript::hide);
      case "run" -> world.run(Long.parseLong(words.get(0)));
      case "kill" -> world.kill(port(words, 0));
      case "start" -> world.start(port(words, 0));
      case "cut" -> {
        for (int i = 1; i < words.size(); i++) {
          world.cut(port(words, 0), port(words, i));
        }
      }
      case "mend" -> world.mend();
      case "reset" -> world.reset(port(words, 0), port(words, 1));
      case "delay" -> world.delay(port(words, 0), port(words, 1), Long.parseLong(words.get(2)));
      default -> throw new IllegalArgumentException("a story knows no line '" + verb + "'");
    }
  }

  private static int port(List<String> words, int index) {
    return Integer.parseInt(words.get(index));
  }

  private void tell(List<String> lines) {
    lines.forEach(line -> played.add(RESULT + line));
  }

  private List<String> reply(int port, String request) {
    return lines(world.ask(port, prepared(request)));
  }

  private List<String> lines(String replies) {
    return transcript.renamed(replies).lines().filter(line -> !line.matches("\\$[0-9]+")).toList();
  }

  private String prepared(String request) {
    String ids = request.replace(" ; ", "\r\n");
    for (Map.Entry<Integer, String> id : idOf.entrySet()) {
      ids = ids.replace("<" + id.getKey() + ">", id.getValue());
    }
    return ids;
  }

  private void direct(String directive) {
    int equals = directive.indexOf('=');
    directives.put(directive.substring(0, equals), directive.substring(equals + 1));
  }

  private void nodes(List<String> words) {
    directives.put("cluster-enabled", "yes");
    directives.putIfAbsent("cluster-node-timeout", "2000");
    directives.put("repl-diskless-sync-delay", "0");
    List<Integer> ports = new ArrayList<>();
    for (String word : words) {
      if (word.contains("=")) {
        direct(word);
      } else {
        ports.add(Integer.parseInt(word));
      }
    }
    for (int port : ports) {
      world.add(port, directives);
      String id = world.ask(port, "CLUSTER MYID").lines().skip(1).findFirst().orElseThrow();
      idOf.put(port, id);
      transcript.name(id, Integer.toString(port));
    }
  }

  /** Masters that share the slots, and replicas dealt out to them in turn. */
  private void cluster(List<String> words) {
    int split = words.indexOf("replicas");
    List<String> masters = split < 0 ? words : words.subList(0, split);
    List<String> replicas = split < 0 ? List.of() : words.subList(split + 1, words.size());
    List<String> all = new ArrayList<>(masters);
    all.addAll(replicas);
    nodes(all);
    int share = 16_384 / masters.size();
    for (int i = 0; i < masters.size(); i++) {
      int last = i == masters.size() - 1 ? 16_383 : (i + 1) * share - 1;
      world.ask(port(masters, i), "CLUSTER ADDSLOTSRANGE " + i * share + " " + last);
      world.ask(port(masters, i), "CLUSTER SET-CONFIG-EPOCH " + (i + 1));
    }
    for (String other : all) {
      world.ask(port(masters, 0), "CLUSTER MEET 127.0.0.1 " + other);
    }
    world.run(4000);
    for (int i = 0; i < replicas.size(); i++) {
      int master = port(masters, i % masters.size());
      world.ask(port(replicas, i), "CLUSTER REPLICATE " + idOf.get(master));
    }
    world.run(4000);
    transcript.take();
  }
}
