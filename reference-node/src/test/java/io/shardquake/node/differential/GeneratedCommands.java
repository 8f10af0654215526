package io.shardquake.node.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.RandomGenerator;
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
 * the name of its grammar file. The sequences are always the same ones, unless {@code
 * -Ddifferential.effort=100} asks for a hundred times as many, or {@code -Ddifferential.salt=7} for
 * others.
 */
@Tag("redis")
@PropertyDefaults(
    tries = 15,
    shrinking = ShrinkingMode.OFF, // A seed has no simpler one; sequences are shortened instead.
    edgeCases = EdgeCasesMode.NONE)
@AddLifecycleHook(
    value = GeneratedCommands.WithoutRedis.class,
    propagateTo = PropagationMode.ALL_DESCENDANTS)
abstract class GeneratedCommands {
  private static final int COMMANDS = 40;
  private static final int GENERATED = 1000;
  private static final int EFFORT = Integer.getInteger("differential.effort", 1);
  private static final long SALT = Long.getLong("differential.salt", 0);

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

  @Property(seed = "1")
  void answersAndLeavesWhatRedisDoesInTheSecondProtocol(@ForAll long seed) {
    compare(seed, false, false);
  }

  @Property(seed = "2")
  void answersAndLeavesWhatRedisDoesInTheThirdProtocol(@ForAll long seed) {
    compare(seed, true, false);
  }

  @Property(seed = "3")
  void answersAndLeavesWhatRedisDoesInAClusterOfOne(@ForAll long seed, @ForAll boolean resp3) {
    compare(seed, resp3, true);
  }

  private void compare(long seed, boolean resp3, boolean cluster) {
    Comparison comparison =
        shared(cluster ? "cluster" : "standalone", () -> Comparison.start(cluster));
    Random random = new Random(seed ^ SALT);
    RandomGenerator<List<Request>> sequences =
        Grammar.of(grammar).list().ofMinSize(1).ofMaxSize(COMMANDS).generator(GENERATED);
    for (int i = 0; i < EFFORT; i++) {
      List<Request> sequence = sequences.next(random).value();
      try {
        comparison.run(Script.of(sequence), resp3);
      } catch (AssertionError difference) {
        throw shortest(sequence, difference, shorter -> comparison.run(shorter, resp3));
      }
    }
  }

  /**
   * Leaves out what a difference does not need, half of the requests at a time, then fewer.
   *
   * @return the difference that the shortest sequence shows
   */
  private static AssertionError shortest(
      List<Request> sequence, AssertionError difference, Consumer<Script> run) {
    List<Request> shortest = sequence;
    AssertionError shown = difference;
    for (int chunk = Math.max(1, sequence.size() / 2); chunk > 0; chunk /= 2) {
      int from = 0;
      while (from < shortest.size()) {
        List<Request> shorter = new ArrayList<>(shortest);
        shorter.subList(from, Math.min(from + chunk, shorter.size())).clear();
        try {
          run.accept(Script.of(shorter));
          from += chunk;
        } catch (AssertionError still) {
          shortest = shorter;
          shown = still;
        } catch (IllegalStateException silent) {
          return shown;
        }
      }
    }
    return shown;
  }
}
