package io.shardquake.checkers.durability;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.checkers.faultlog.FaultLog;
import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.TopologyScript;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A run written by hand: see the head of the story files.
 *
 * @param name what it shows
 * @param expected validity and the kinds of findings, in words
 */
record Story(String name, List<String> expected, Evidence evidence) {
  /** One end of an operation. */
  private record Event(long time, int order, int process, Invocation begin, Completion end) {}

  /** The stories of a resource, separated by lines that begin with {@code ==}. */
  static List<Story> read(String resource) {
    try (InputStream stream = Story.class.getResourceAsStream(resource)) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("(?m)^== ", -1)).skip(1).map(Story::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Story parse(String text) {
    String name = text.lines().findFirst().orElseThrow();
    List<String> expected = new ArrayList<>();
    TopologyScript topology = new TopologyScript();
    List<FaultEvent> faults = new ArrayList<>();
    List<String> operations = new ArrayList<>();
    for (String line : text.lines().skip(1).map(String::strip).toList()) {
      String[] words = line.split(" +", -1);
      switch (words[0]) {
        case "", "#" -> {}
        case "expect" -> expected.addAll(List.of(words).subList(1, words.length));
        case "seen" -> {
          String[] nodes = line.split(" +", 4)[3].split("; *", -1);
          topology.says(Long.parseLong(words[1]), words[2], nodes);
        }
        case "fault" -> {
          int number = faults.size() / 2;
          faults.add(event(number, Phase.INJECT, words[1], words[2], words[3]));
          faults.add(event(number, Phase.HEALED, words[1], words[2], words[4]));
        }
        default -> operations.add(line);
      }
    }
    return new Story(
        name, expected, new Evidence(history(operations), topology.log(), new FaultLog(faults)));
  }

  private static FaultEvent event(int number, Phase phase, String kind, String node, String at) {
    return new FaultEvent(millis(at), number, phase, kind, List.of(node), "", Value.Mapping.EMPTY);
  }

  /** {@code write foo 7 1000-1001 n1}, {@code cas foo 7 8 …}, {@code read foo 7 …}. */
  private static History history(List<String> operations) {
    List<Event> events = new ArrayList<>();
    for (String line : operations) {
      String[] words = line.split(" +", -1);
      int last = words.length - 1;
      String[] times = words[last - 1].split("-", -1);
      int process = events.size();
      Attribution node = new Attribution(List.of(words[last].split(",", -1)), 0);
      Value first = value(words[2]);
      boolean read = words[0].equals("read");
      boolean cas = words[0].equals("cas");
      Value argument = cas ? Value.pair(first, value(words[3])) : read ? Value.nil() : first;
      events.add(
          new Event(
              millis(times[0]),
              events.size(),
              process,
              new Invocation(0, 0, process, words[0], Value.of(words[1]), argument),
              new Completion.Ok(0, 0, Value.nil(), node)));
      boolean unknown = times[1].equals("?");
      long end = unknown ? millis(times[0]) + 1 : millis(times[1]);
      Completion completion =
          unknown
              ? new Completion.Info(0, end, "connection-lost", node)
              : new Completion.Ok(0, end, read ? first : argument, node);
      events.add(new Event(end, events.size(), process, events.get(process).begin(), completion));
    }
    return ordered(events);
  }

  private static History ordered(List<Event> events) {
    List<Event> sorted =
        events.stream()
            .sorted(Comparator.comparingLong(Event::time).thenComparingInt(Event::order))
            .toList();
    History.Builder history = new History.Builder();
    long index = 0;
    for (Event event : sorted) {
      Invocation begin = event.begin();
      if (event.order() == begin.process()) {
        history.invoke(
            new Invocation(
                index,
                event.time(),
                begin.process(),
                begin.function(),
                begin.key(),
                begin.value()));
      } else if (event.end() instanceof Completion.Ok ok) {
        history.complete(
            begin.process(), new Completion.Ok(index, event.time(), ok.value(), ok.attribution()));
      } else {
        history.complete(
            begin.process(),
            new Completion.Info(index, event.time(), "connection-lost", event.end().attribution()));
      }
      index++;
    }
    return history.build();
  }

  private static Value value(String word) {
    return word.equals("nil") ? Value.nil() : Value.of(Long.parseLong(word));
  }

  private static long millis(String text) {
    return Long.parseLong(text) * 1_000_000;
  }

  @Override
  public String toString() {
    return name;
  }
}
