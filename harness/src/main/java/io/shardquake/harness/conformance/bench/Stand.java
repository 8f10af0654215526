package io.shardquake.harness.conformance.bench;

import io.shardquake.harness.conformance.Outcome;
import io.shardquake.harness.conformance.Profile;
import io.shardquake.harness.conformance.Promise;
import io.shardquake.harness.conformance.PromiseResult;
import io.shardquake.harness.conformance.Promises;
import io.shardquake.harness.target.ClusterOptions;
import io.shardquake.harness.target.RunningCluster;
import io.shardquake.harness.target.Target;
import io.shardquake.harness.target.TargetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where tests get their clusters and leave their results. At most one cluster runs at a time: the
 * one that the test before left whole, if it has the shape that is asked for. Used by one thread.
 */
public final class Stand implements AutoCloseable {
  private final Target target;
  private final ClusterOptions options;
  private final Path directory;
  private final Profile profile;
  private final Consumer<PromiseResult> listener;
  private final Promises promises = Promises.load();
  private final List<PromiseResult> results = new ArrayList<>();
  private Optional<Running> running = Optional.empty();
  private int started;

  /**
   * What a test asks for.
   *
   * @param wiring whether links can be cut
   */
  record Shape(int masters, int replicas, ClusterOptions.Wiring wiring) {
    static final Shape USUAL = new Shape(3, 1, ClusterOptions.Wiring.DIRECT);

    static Shape of(Stage stage) {
      return new Shape(stage.masters(), stage.replicas(), stage.wiring());
    }
  }

  /** A cluster that runs, and where it keeps its files. */
  record Running(Shape shape, RunningCluster cluster, Path directory) {}

  /**
   * @param options what each cluster is to be like, but for its shape
   * @param directory below which clusters keep their files
   * @param listener told of each result as it comes
   */
  public Stand(
      Target target,
      ClusterOptions options,
      Path directory,
      Profile profile,
      Consumer<PromiseResult> listener) {
    this.target = target;
    this.options = options;
    this.directory = directory;
    this.profile = profile;
    this.listener = listener;
  }

  Profile profile() {
    return profile;
  }

  Promises promises() {
    return promises;
  }

  Duration nodeTimeout() {
    return options.nodeTimeout();
  }

  /** A cluster of this shape that is whole. */
  Running obtain(Shape shape) throws TargetException, InterruptedException {
    if (running.isPresent() && running.get().shape().equals(shape)) {
      return running.get();
    }
    discard();
    Path own = directory.resolve("cluster-" + ++started);
    try {
      Files.createDirectories(own);
    } catch (IOException e) {
      throw new TargetException("cannot write to " + own + ": " + e, e);
    }
    long start = System.nanoTime();
    RunningCluster cluster =
        target.start(
            options.withShape(shape.masters(), shape.replicas()).withWiring(shape.wiring()),
            own,
            () -> System.nanoTime() - start);
    Running fresh = new Running(shape, cluster, own);
    running = Optional.of(fresh);
    return fresh;
  }

  /** The cluster is of no use any more. */
  void discard() {
    running.ifPresent(it -> it.cluster().close());
    running = Optional.empty();
  }

  void add(Promise promise, Outcome outcome, String detail, Evidence evidence, Duration took) {
    PromiseResult result = new PromiseResult(promise, outcome, detail, evidence.lines(), took);
    results.add(result);
    listener.accept(result);
  }

  /** What was found out so far. */
  public List<PromiseResult> results() {
    return List.copyOf(results);
  }

  @Override
  public void close() {
    discard();
  }
}
