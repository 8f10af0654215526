package io.shardquake.workloads.mix;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.contract.ClusterTerms;
import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.Workload;
import io.shardquake.workloads.WorkloadOptions;
import io.shardquake.workloads.cluster.CommandMapping;
import io.shardquake.workloads.generator.Generator;
import io.shardquake.workloads.generator.Generators;
import io.shardquake.workloads.generator.Share;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Several workloads in one run, each operation from one of them, chosen by weight. They share
 * nothing but the clients: each has its own keys, hears of its own operations, and is judged by its
 * own checkers, to which the history holds no other operation.
 */
public final class Mixture implements Workload {
  private final List<Part> parts;
  private final List<Narrowing> narrowings;

  /**
   * A mixture of different workloads.
   *
   * @throws IllegalArgumentException with one line for the user if there is none or one is there
   *     twice
   */
  public Mixture(List<Part> parts) {
    this.parts = List.copyOf(parts);
    this.narrowings = this.parts.stream().map(Narrowing::new).toList();
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a mixture needs at least one workload");
    }
    Map<String, Part> names = new LinkedHashMap<>();
    for (Part part : parts) {
      if (names.put(part.workload().name(), part) != null) {
        throw new IllegalArgumentException(
            "the workload '" + part.workload().name() + "' is there twice");
      }
    }
  }

  /** As the command line has it: {@code register=4,set}. */
  @Override
  public String name() {
    return parts.stream().map(Part::toString).collect(Collectors.joining(","));
  }

  @Override
  public Generator generator(WorkloadOptions options) {
    return Generators.mix(
        parts.stream()
            .map(
                part ->
                    new Share(
                        part.weight(), new PartTraffic(part, part.workload().generator(options))))
            .toList());
  }

  @Override
  public Generator finalGenerator(WorkloadOptions options, List<Value> keys) {
    List<Generator> phases = new ArrayList<>();
    for (Part part : parts) {
      List<Value> own = keys.stream().filter(part::has).toList();
      phases.add(part.workload().finalGenerator(options, own));
    }
    return Generators.phases(phases);
  }

  @Override
  public CommandMapping commands(WorkloadOptions options) {
    Map<Part, CommandMapping> mappings = new LinkedHashMap<>();
    parts.forEach(part -> mappings.put(part, part.workload().commands(options)));
    return request -> {
      for (Map.Entry<Part, CommandMapping> entry : mappings.entrySet()) {
        if (entry.getKey().has(request.key())) {
          return entry.getValue().conversation(request);
        }
      }
      throw new IllegalArgumentException("no workload of " + name() + " has " + request.key());
    };
  }

  @Override
  public List<Checker> checkers(WorkloadOptions options) {
    return ofParts(workload -> workload.checkers(options));
  }

  @Override
  public List<Checker> promises(WorkloadOptions options, ClusterTerms terms) {
    return ofParts(workload -> workload.promises(options, terms));
  }

  @Override
  public List<String> answeredAnywhere() {
    return parts.stream()
        .flatMap(part -> part.workload().answeredAnywhere().stream())
        .distinct()
        .toList();
  }

  @Override
  public List<String> answeredWhileDown() {
    return parts.stream()
        .flatMap(part -> part.workload().answeredWhileDown().stream())
        .distinct()
        .toList();
  }

  private List<Checker> ofParts(Function<Workload, List<Checker>> checkers) {
    List<Checker> all = new ArrayList<>();
    for (Narrowing narrowing : narrowings) {
      checkers
          .apply(narrowing.part().workload())
          .forEach(checker -> all.add(new PartChecker(narrowing, checker)));
    }
    return all;
  }
}
