package io.shardquake.node.differential;

import java.util.List;
import java.util.function.Supplier;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import net.jqwik.api.lifecycle.Store;

/**
 * Compares generated sequences of a group of commands. A group needs no more than a subclass with
 * the name of its grammar file; {@code -Ddifferential.effort=100} tries a hundred times as many.
 */
@Tag("redis")
@PropertyDefaults(
    tries = 15,
    shrinking = ShrinkingMode.BOUNDED,
    edgeCases = EdgeCasesMode.NONE) // The edges of nested choices are too many to list.
@AddLifecycleHook(
    value = GeneratedCommands.WithoutRedis.class,
    propagateTo = PropagationMode.ALL_DESCENDANTS)
abstract class GeneratedCommands {
  private static final int COMMANDS = 40;
  private static final int EFFORT = Integer.getInteger("differential.effort", 1);

  private final String grammar;

  /**
   * A group of commands.
   *
   * @param grammar the file in the folder {@code grammar} that gives their syntax
   */
  GeneratedCommands(String grammar) {
    this.grammar = grammar;
  }

  /** Skips, and says so, where no redis-server is installed. */
  static final class WithoutRedis implements SkipExecutionHook {
    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
      return RedisServerProcess.isInstalled()
          ? SkipResult.doNotSkip()
          : SkipResult.skip(RedisServerProcess.MISSING);
    }
  }

  /** A comparison that lives as long as the run of tests. */
  private record Shared(Comparison comparison) implements Store.CloseOnReset {
    @Override
    public void close() {
      try {
        comparison.close();
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  private static Comparison shared(String name, Supplier<Comparison> start) {
    return Store.getOrCreate(name, Lifespan.RUN, () -> new Shared(start.get())).get().comparison();
  }

  @Provide
  Arbitrary<List<Request>> sequences() {
    return Grammar.of(grammar).list().ofMinSize(1).ofMaxSize(COMMANDS);
  }

  @Provide
  Arbitrary<List<List<Request>>> efforts() {
    return sequences().list().ofSize(EFFORT);
  }

  @Property
  void answersAndLeavesWhatRedisDoesInTheSecondProtocol(
      @ForAll("efforts") List<List<Request>> sequences) {
    compare(sequences, false, false);
  }

  @Property
  void answersAndLeavesWhatRedisDoesInTheThirdProtocol(
      @ForAll("efforts") List<List<Request>> sequences) {
    compare(sequences, true, false);
  }

  @Property
  void answersAndLeavesWhatRedisDoesInAClusterOfOne(
      @ForAll("efforts") List<List<Request>> sequences) {
    compare(sequences, false, true);
  }

  private static void compare(List<List<Request>> sequences, boolean resp3, boolean cluster) {
    Comparison comparison =
        shared(cluster ? "cluster" : "standalone", () -> Comparison.start(cluster));
    for (List<Request> sequence : sequences) {
      comparison.run(Script.of(sequence), resp3);
    }
  }
}
