package io.shardquake.checkers.contract;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.checkers.faultlog.FaultLog;
import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.TopologyLog;
import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.checkers.topology.TopologyScript;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run written by hand: see the head of {@code contract.txt}.
 *
 * @param expected the checker's name, its validity, and the kinds of findings
 */
record ContractStory(String name, List<String> expected, Evidence evidence) {
  private static final long MILLI = 1_000_000;
  private static final long EVERY = 1000;

  /** The stories of a file beside this class. */
  static List<ContractStory> read(String resource) {
    try (InputStream stream = ContractStory.class.getResourceAsStream(resource)) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("(?m)^== ", -1)).skip(1).map(ContractStory::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ContractStory parse(String text) {
    List<String> expected = new ArrayList<>();
    TopologyScript topology = new TopologyScript();
    List<FaultEvent> faults = new ArrayList<>();
    List<String[]> operations = new ArrayList<>();
    for (String line : text.lines().skip(1).map(String::strip).toList()) {
      String[] words = line.split(" +", -1);
      switch (words[0]) {
        case "", "#" -> {}
        case "expect" -> expected.addAll(List.of(words).subList(1, words.length));
        case "says" -> says(topology, words[1], words[2], line.split(" +", 4)[3]);
        case "fault" -> strike(faults, words);
        case "healed" -> faults.add(ofRun("heal", Phase.HEALED, words[1], ""));
        case "recovered" -> faults.add(ofRun("recovery", Phase.HEALED, words[1], ""));
        case "digests" ->
            faults.add(
                ofRun(
                    "digest",
                    words[2].equals("differ") ? Phase.HEAL_FAILED : Phase.HEALED,
                    words[1],
                    words[2]));
        default -> operations.add(words);
      }
    }
    return new ContractStory(
        text.lines().findFirst().orElseThrow(),
        expected,
        new Evidence(history(operations), ordered(topology.log()), new FaultLog(faults)));
  }

  /** {@code FROM-UNTIL OBSERVER,OBSERVER! NODES}: each says so once a second. */
  private static void says(TopologyScript topology, String times, String observers, String nodes) {
    String[] ends = times.split("-", -1);
    long until = Long.parseLong(ends[ends.length - 1]);
    for (long time = Long.parseLong(ends[0]); time <= until; time += EVERY) {
      for (String observer : observers.split(",", -1)) {
        boolean down = observer.endsWith("!");
        topology.says(time, observer.replace("!", ""), !down, nodes.split("; *", -1));
      }
    }
  }

  private static TopologyLog ordered(TopologyLog log) {
    List<TopologySample> samples = new ArrayList<>(log.samples());
    samples.sort(Comparator.comparingLong(TopologySample::timeNanos));
    return new TopologyLog(samples);
  }

  private static void strike(List<FaultEvent> faults, String... words) {
    int number = (int) faults.stream().filter(event -> event.phase() == Phase.BIT).count();
    List<String> nodes = List.of(words[2].split(",", -1));
    Map<String, Value> data = new LinkedHashMap<>();
    for (int i = 5; i < words.length; i++) {
      String[] parameter = words[i].split("=", -1);
      data.put("with." + parameter[0], Value.of(parameter[1]));
    }
    Value.Mapping parameters = new Value.Mapping(data);
    long from = Long.parseLong(words[3]) * MILLI;
    long until = Long.parseLong(words[4]) * MILLI;
    faults.add(new FaultEvent(from, number, Phase.INJECT, words[1], nodes, "", parameters));
    faults.add(new FaultEvent(from, number, Phase.BIT, words[1], nodes, "", Value.Mapping.EMPTY));
    faults.add(new FaultEvent(until, number, Phase.HEAL, words[1], nodes, "", Value.Mapping.EMPTY));
    faults.add(
        new FaultEvent(until, number, Phase.HEALED, words[1], nodes, "", Value.Mapping.EMPTY));
  }

  private static FaultEvent ofRun(String kind, Phase phase, String time, String detail) {
    long nanos = Long.parseLong(time) * MILLI;
    return new FaultEvent(nanos, -1, phase, kind, List.of(), detail, Value.Mapping.EMPTY);
  }

  /** {@code ok NODE TIME} or {@code fail NODE TIME ERROR REDIRECTS}; each takes a millisecond. */
  private static History history(List<String[]> operations) {
    History.Builder history = new History.Builder();
    for (int i = 0; i < operations.size(); i++) {
      String[] words = operations.get(i);
      long from = Long.parseLong(words[2]) * MILLI;
      Value key = Value.of("k");
      history.invoke(new Invocation(2L * i, from, 0, "read", key, Value.nil()));
      int redirects = words.length > 4 ? Integer.parseInt(words[4]) : 0;
      Attribution node = new Attribution(List.of(words[1]), redirects);
      history.complete(
          0,
          words[0].equals("ok")
              ? new Completion.Ok(2L * i + 1, from + MILLI, Value.nil(), node)
              : new Completion.Fail(2L * i + 1, from + MILLI, words[3], node));
    }
    return history.build();
  }

  @Override
  public String toString() {
    return name;
  }
}
