package io.shardquake.faults.nemesis;

import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.checkers.history.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down what happens to one fault, or to the heal at the end. */
final class FaultJournal {
  private static final Logger LOG = LoggerFactory.getLogger(FaultJournal.class);

  private final int fault;
  private final String kind;
  private final Waits waits;
  private final Consumer<FaultEvent> sink;

  FaultJournal(int fault, String kind, Waits waits, Consumer<FaultEvent> sink) {
    this.fault = fault;
    this.kind = kind;
    this.waits = waits;
    this.sink = sink;
  }

  void record(Phase phase, List<String> nodes, String detail, Map<String, Value> data) {
    FaultEvent event =
        new FaultEvent(
            waits.nowNanos(), fault, phase, kind, nodes, detail, new Value.Mapping(data));
    try {
      sink.accept(event);
    } catch (RuntimeException unwritten) {
      // A disk that is full must not keep a broken cluster from being healed.
      LOG.error("could not record {}", event, unwritten);
    }
  }

  void record(Phase phase, List<String> nodes, String detail) {
    record(phase, nodes, detail, Map.of());
  }

  /** One event for the nodes on which it went as it should, and one for the others, if any. */
  void record(Phase good, Phase bad, List<Effect> effects) {
    Map<Boolean, List<Effect>> sorted =
        effects.stream().collect(Collectors.partitioningBy(Effect::proven));
    recordAll(good, sorted.get(true));
    recordAll(bad, sorted.get(false));
  }

  private void recordAll(Phase phase, List<Effect> effects) {
    if (effects.isEmpty()) {
      return;
    }
    Map<String, Value> data = new LinkedHashMap<>();
    effects.forEach(effect -> data.put(effect.node(), effect.data()));
    record(
        phase,
        effects.stream().map(Effect::node).distinct().toList(),
        effects.stream()
            .map(effect -> effect.node() + ": " + effect.detail())
            .collect(Collectors.joining("; ")),
        data);
  }
}
