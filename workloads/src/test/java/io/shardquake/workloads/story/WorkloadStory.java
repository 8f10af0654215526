package io.shardquake.workloads.story;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.checkers.faultlog.FaultLog;
import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.checkers.topology.TopologyLog;
import io.shardquake.checkers.topology.TopologySample;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run written by hand, one of the files beside this class:
 *
 * <pre>
 * == what it shows
 * expect VALIDITY kind...
 * failover               n1 is killed at 5000 and back at 12000; n4, its replica, seen promoted at 8000
 * unexplained-failover   the same without the fault
 * moving-failover        the same with the fault, while the keys were being moved from n1 to n2
 * move                   the keys move from n1 to n2, which is seen to own them at 8000
 * fault KIND NODE FROM UNTIL
 * FUNCTION KEY ARGUMENT -> RESULT FROM-UNTIL NODE
 * </pre>
 *
 * Times are milliseconds. Values are numbers, words, {@code nil}, or {@code [1,[2,3]]}; a missing
 * argument is nil. The result {@code ?} is of an operation of which nobody knows how it ended,
 * {@code !} or {@code !ERROR} of one that was refused. Without another word n1 owns every slot and
 * n4 is its replica.
 *
 * @param expected validity and the kinds of findings, in words
 */
public record WorkloadStory(String name, List<String> expected, Evidence evidence) {
  private static final Pattern OPERATION =
      Pattern.compile("(\\S+) (\\S+)(?: (\\S+))? -> (\\S+) (\\d+)-(\\d+) (\\S+)");

  private record Line(
      String function, Value key, Value argument, String result, long from, long to, String node) {}

  private record Event(long time, int process, Line line, boolean begin) {}

  /** The stories of a file beside this class. */
  public static List<WorkloadStory> read(String resource) {
    try (InputStream stream = WorkloadStory.class.getResourceAsStream(resource)) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("(?m)^== ", -1)).skip(1).map(WorkloadStory::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static WorkloadStory parse(String text) {
    List<String> expected = new ArrayList<>();
    List<Line> operations = new ArrayList<>();
    List<FaultEvent> faults = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (String line : text.lines().skip(1).map(String::strip).toList()) {
      Matcher operation = OPERATION.matcher(line);
      if (operation.matches()) {
        operations.add(operation(operation));
      } else if (line.startsWith("expect ")) {
        expected.addAll(List.of(line.substring(7).split(" ", -1)));
      } else if (line.startsWith("fault ")) {
        String[] fault = line.split(" ", -1);
        strike(faults, fault[1], fault[2], Long.parseLong(fault[3]), Long.parseLong(fault[4]));
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        words.add(line);
      }
    }
    if (words.contains("failover") || words.contains("moving-failover")) {
      strike(faults, "kill", "n1", 5000, 12000);
    }
    return new WorkloadStory(
        text.lines().findFirst().orElseThrow(),
        expected,
        new Evidence(history(operations), topology(words, operations), new FaultLog(faults)));
  }

  private static Line operation(Matcher parts) {
    return new Line(
        parts.group(1),
        Value.of(parts.group(2)),
        parts.group(3) == null ? Value.nil() : value(parts.group(3)),
        parts.group(4),
        Long.parseLong(parts.group(5)),
        Long.parseLong(parts.group(6)),
        parts.group(7));
  }

  private static Value value(String text) {
    if (text.equals("nil")) {
      return Value.nil();
    }
    if (text.startsWith("[")) {
      return Value.of(items(text.substring(1, text.length() - 1)));
    }
    return text.matches("-?\\d+") ? Value.of(Long.parseLong(text)) : Value.of(text);
  }

  /** Divides at the commas that stand in no inner brackets. */
  private static List<Value> items(String text) {
    List<Value> items = new ArrayList<>();
    int depth = 0;
    int begin = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '[' ? 1 : c == ']' ? -1 : 0;
      if (c == ',' && depth == 0) {
        items.add(value(text.substring(begin, i)));
        begin = i + 1;
      }
    }
    if (!text.isEmpty()) {
      items.add(value(text.substring(begin)));
    }
    return items;
  }

  private static void strike(
      List<FaultEvent> faults, String kind, String node, long from, long until) {
    int number = faults.size() / 3;
    faults.add(event(number, Phase.INJECT, kind, node, from));
    faults.add(event(number, Phase.BIT, kind, node, from + 1));
    faults.add(event(number, Phase.HEALED, kind, node, until));
  }

  private static FaultEvent event(int number, Phase phase, String kind, String node, long at) {
    return new FaultEvent(
        at * 1_000_000, number, phase, kind, List.of(node), "", Value.Mapping.EMPTY);
  }

  private static TopologyLog topology(List<String> words, List<Line> operations) {
    List<TopologySample> samples = new ArrayList<>();
    String moving = "";
    if (words.contains("moving-failover") || words.contains("move")) {
      for (Line line : operations) {
        moving += " [%d->-%s]".formatted(KeySlot.of(line.key()).orElseThrow(), id("n2"));
      }
    }
    String first = master("n1", 1, "0-16383") + moving + "\n" + master("n2", 2, "") + "\n";
    for (String observer : List.of("n1", "n2", "n4")) {
      says(samples, 0, observer, first + replica("n4", "n1", 1));
      says(samples, 4990, observer, first + replica("n4", "n1", 1));
    }
    if (words.contains("move")) {
      String moved = master("n1", 1, "") + "\n" + master("n2", 3, "0-16383") + "\n";
      for (String observer : List.of("n1", "n2", "n4")) {
        says(samples, 8000, observer, moved + replica("n4", "n1", 1));
      }
    } else if (words.stream().anyMatch(word -> word.endsWith("failover"))) {
      String promoted = master("n1", 1, "") + "\n" + master("n2", 2, "") + "\n";
      says(samples, 8000, "n2", promoted + master("n4", 3, "0-16383"));
      says(samples, 8000, "n4", promoted + master("n4", 3, "0-16383"));
    }
    samples.sort(Comparator.comparingLong(TopologySample::timeNanos));
    return new TopologyLog(samples);
  }

  private static void says(List<TopologySample> samples, long millis, String who, String nodes) {
    String own =
        nodes.replace(
            id(who) + " 127.0.0.1:7000@17000 ", id(who) + " 127.0.0.1:7000@17000 myself,");
    String info = "cluster_state:ok\r\ncluster_current_epoch:9\r\n";
    samples.add(new TopologySample(millis * 1_000_000, who, own + "\n", info, ""));
  }

  private static String master(String name, int epoch, String slots) {
    return "%s 127.0.0.1:7000@17000 master - 0 123 %d connected %s"
        .formatted(id(name), epoch, slots)
        .strip();
  }

  private static String replica(String name, String of, int epoch) {
    return "%s 127.0.0.1:7000@17000 slave %s 0 123 %d connected".formatted(id(name), id(of), epoch);
  }

  private static String id(String name) {
    return (name + "0".repeat(40)).substring(0, 40);
  }

  private static History history(List<Line> lines) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      events.add(new Event(lines.get(i).from(), i, lines.get(i), true));
      events.add(new Event(lines.get(i).to(), i, lines.get(i), false));
    }
    // Of what happens at one time, ends come first: then the order of time is total.
    events.sort(
        Comparator.comparingLong(Event::time)
            .thenComparing(event -> event.begin() && event.line().from() < event.line().to())
            .thenComparingInt(Event::process));
    History.Builder history = new History.Builder();
    for (int index = 0; index < events.size(); index++) {
      Event event = events.get(index);
      Line line = event.line();
      long nanos = event.time() * 1_000_000;
      if (event.begin()) {
        history.invoke(
            new Invocation(
                index, nanos, event.process(), line.function(), line.key(), line.argument()));
      } else {
        history.complete(event.process(), completion(index, nanos, line));
      }
    }
    return history.build();
  }

  private static Completion completion(long index, long nanos, Line line) {
    Attribution node = new Attribution(List.of(line.node()), 0);
    if (line.result().equals("?")) {
      return new Completion.Info(index, nanos, "timeout", node);
    }
    return line.result().startsWith("!")
        ? new Completion.Fail(index, nanos, line.result().substring(1), node)
        : new Completion.Ok(index, nanos, value(line.result()), node);
  }

  @Override
  public String toString() {
    return name;
  }
}
