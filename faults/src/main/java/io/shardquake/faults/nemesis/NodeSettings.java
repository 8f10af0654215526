package io.shardquake.faults.nemesis;

import io.shardquake.checkers.history.Value;
import io.shardquake.faults.ClusterControl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Configuration that faults change in running nodes (CONFIG SET), and that is set back when the
 * last fault that wants it otherwise has ended. Of faults that overlap the one that came last has
 * its way. A node that cannot be reached when a fault ends is set back at the end of the run. To be
 * called on the scheduler's thread.
 */
public final class NodeSettings {
  private final ClusterControl cluster;
  private final Waits waits;
  private final Bounds bounds;
  private final Map<Place, Wanted> settings = new LinkedHashMap<>();

  NodeSettings(ClusterControl cluster, Waits waits, Bounds bounds) {
    this.cluster = cluster;
    this.waits = waits;
    this.bounds = bounds;
  }

  private record Place(String node, String name) {}

  private static final class Wanted {
    final String original;
    final Map<Integer, String> byFault = new LinkedHashMap<>();

    Wanted(String original) {
      this.original = original;
    }
  }

  /**
   * Sets a parameter for as long as the fault lasts. Fails if the node does not answer, or does not
   * know the parameter or the value.
   *
   * @return what the parameter was before any fault
   */
  public CompletionStage<String> set(int fault, String node, String name, String value) {
    Place place = new Place(node, name);
    return original(place)
        .thenCompose(
            original -> {
              settings
                  .computeIfAbsent(place, first -> new Wanted(original))
                  .byFault
                  .put(fault, value);
              return send(place, value).thenApply(done -> original);
            });
  }

  private CompletionStage<String> original(Place place) {
    return Optional.ofNullable(settings.get(place))
        .map(wanted -> CompletableFuture.completedStage(wanted.original))
        .orElseGet(() -> read(place));
  }

  private CompletionStage<String> read(Place place) {
    List<String> words = List.of("CONFIG", "GET", place.name());
    return waits
        .within(
            bounds.answer(), String.join(" ", words), () -> cluster.command(place.node(), words))
        .thenApply(reply -> value(place, reply));
  }

  private static String value(Place place, Value reply) {
    if (reply instanceof Value.Sequence pair
        && pair.items().size() == 2
        && pair.items().get(1) instanceof Value.Text text) {
      return text.value();
    }
    throw new IllegalStateException(place.node() + " has no parameter " + place.name());
  }

  private CompletionStage<Value> send(Place place, String value) {
    List<String> words = List.of("CONFIG", "SET", place.name(), value);
    return waits.within(
        bounds.answer(), String.join(" ", words), () -> cluster.command(place.node(), words));
  }

  /** Sets back what this fault wanted. Fails if a node could not be told; it is told later then. */
  public CompletionStage<Void> end(int fault) {
    List<CompletionStage<Value>> told = new ArrayList<>();
    List.copyOf(settings.entrySet())
        .forEach(
            entry -> {
              Wanted wanted = entry.getValue();
              if (wanted.byFault.remove(fault) != null) {
                told.add(setBack(entry.getKey(), wanted));
              }
            });
    return Waits.all(told, stage -> stage).thenApply(done -> null);
  }

  private CompletionStage<Value> setBack(Place place, Wanted wanted) {
    String value =
        wanted.byFault.values().stream().reduce((one, later) -> later).orElse(wanted.original);
    return send(place, value)
        .thenApply(
            done -> {
              if (wanted.byFault.isEmpty()) {
                settings.remove(place, wanted);
              }
              return done;
            });
  }

  /** Sets everything back that is not yet. Fails with the first node that could not be told. */
  CompletionStage<Void> endAll() {
    List<CompletionStage<Value>> told = new ArrayList<>();
    List.copyOf(settings.entrySet())
        .forEach(
            entry -> {
              entry.getValue().byFault.clear();
              told.add(setBack(entry.getKey(), entry.getValue()));
            });
    return Waits.all(told, stage -> stage).thenApply(done -> null);
  }
}
