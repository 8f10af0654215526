package io.shardquake.harness.junit;

import io.shardquake.harness.interpreter.RunClock;
import io.shardquake.harness.store.StoreException;
import io.shardquake.harness.target.ClusterOptions;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** What one test has: its seed, its faults, its traffic, its directory. Used by one thread. */
final class TestSession {
  static final Namespace NAMESPACE = Namespace.create(TestSession.class);

  private static final String SEED = "seed";
  private static final long USUAL_SEED = 1;

  private final ClusterHolder holder;
  private final long seed;
  private final Path directory;
  private final RunClock clock = RunClock.startNow();
  private final Chaos chaos;
  private Optional<Traffic> traffic = Optional.empty();

  private TestSession(ClusterHolder holder, long seed, Path directory) {
    this.holder = holder;
    this.seed = seed;
    this.directory = directory;
    this.chaos = new Chaos(holder.cluster(), seed, clock);
  }

  /** Says from which seed the test is to draw. */
  static void seed(ExtensionContext context, long seed) {
    context.getStore(NAMESPACE).put(SEED, seed);
  }

  /** The session of a test; begun when it is first asked for. */
  static TestSession of(ExtensionContext context, ClusterHolder holder) {
    ExtensionContext.Store store = context.getStore(NAMESPACE);
    Optional<TestSession> begun = find(context);
    if (begun.isPresent()) {
      return begun.get();
    }
    long seed = Optional.ofNullable(store.get(SEED, Long.class)).orElse(USUAL_SEED);
    TestSession session =
        new TestSession(
            holder, seed, Artefacts.of(context).resolve(Artefacts.name(context) + "-seed-" + seed));
    store.put(TestSession.class, session);
    return session;
  }

  /** The session of a test if it has begun. */
  static Optional<TestSession> find(ExtensionContext context) {
    return Optional.ofNullable(
        context.getStore(NAMESPACE).get(TestSession.class, TestSession.class));
  }

  Chaos chaos() {
    return chaos;
  }

  Traffic traffic() throws StoreException {
    if (traffic.isEmpty()) {
      ClusterOptions options = holder.options();
      traffic =
          Optional.of(
              Traffic.start(
                  holder.cluster(), options, holder.target(), chaos, seed, directory, clock));
    }
    return traffic.get();
  }

  /** The failure that tells of this test as well. */
  Throwable told(Throwable failure) {
    return ToldFailure.of(failure, seed, directory, traffic.flatMap(Traffic::known));
  }

  /** Heals, and ends the traffic. */
  void end() {
    chaos.healAll();
    traffic.ifPresent(Traffic::end);
  }

  /** Removes what was recorded. */
  void forget() {
    Artefacts.remove(directory);
  }
}
