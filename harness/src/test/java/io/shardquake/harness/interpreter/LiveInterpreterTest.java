package io.shardquake.harness.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.checkers.history.Operation;
import io.shardquake.checkers.history.Value;
import io.shardquake.harness.interpreter.LiveInterpreter.Ending;
import io.shardquake.workloads.client.Outcome;
import io.shardquake.workloads.generator.Generator;
import io.shardquake.workloads.generator.GeneratorContext;
import io.shardquake.workloads.generator.GeneratorEvent;
import io.shardquake.workloads.generator.RandomSource;
import io.shardquake.workloads.generator.Request;
import io.shardquake.workloads.generator.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveInterpreterTest {
  private static final long NEVER = Long.MAX_VALUE;
  private static final Duration PATIENT = Duration.ofMinutes(1);

  private final RecordedHistory recorded = new RecordedHistory();
  private final StopSignal stop = new StopSignal();

  private LiveInterpreter interpreter(int concurrency, Duration drain, FakeClients clients) {
    return interpreter(concurrency, drain, clients, recorded);
  }

  private static LiveInterpreter interpreter(
      int concurrency, Duration drain, FakeClients clients, HistorySink sink) {
    return new LiveInterpreter(
        concurrency,
        RandomSource.seeded(1),
        clients,
        sink,
        RunClock.startNow(),
        drain,
        OperationListener.NONE);
  }

  private static FakeClients answering(Outcome outcome) {
    return new FakeClients((process, request, done) -> done.accept(outcome));
  }

  @Test
  void recordsEveryOperationUntilTheGeneratorIsExhausted() throws IOException {
    Ending ending =
        interpreter(3, PATIENT, answering(FakeClients.ok())).run(Requests.count(100), NEVER, stop);

    assertThat(ending).isEqualTo(Ending.EXHAUSTED);
    History history = recorded.build();
    assertThat(history).hasSize(100).allMatch(Operation::isOk);
    assertThat(history).extracting(o -> o.invocation().value()).first().isEqualTo(Value.of(0));
  }

  @Test
  void givesEachEventTheNextIndexOnce() throws IOException {
    LiveInterpreter interpreter = interpreter(3, PATIENT, answering(FakeClients.ok()));
    interpreter.run(Requests.count(50), NEVER, stop);

    List<Long> indexes = new ArrayList<>();
    for (Operation operation : recorded.build()) {
      indexes.add(operation.invocation().index());
      indexes.add(operation.completion().orElseThrow().index());
    }
    assertThat(indexes.stream().sorted().toList())
        .isEqualTo(java.util.stream.LongStream.range(0, 100).boxed().toList());
    assertThat(interpreter.events()).isEqualTo(100);
  }

  @Test
  void retiresAProcessAfterAnUnknownOutcomeAndSeatsItsSuccessor() throws IOException {
    FakeClients clients = answering(FakeClients.info("timeout"));
    interpreter(2, PATIENT, clients).run(new Alternately(4, 0), NEVER, stop);

    assertThat(recorded.build())
        .extracting(o -> o.invocation().process())
        .containsExactly(0, 2, 4, 6);
    assertThat(clients.opened()).containsExactly(0, 2, 4, 6);
    assertThat(clients.closed()).containsExactly(0, 2, 4, 6);
  }

  @Test
  void keepsAProcessAndItsClientAfterADefiniteFailure() throws IOException {
    FakeClients clients = answering(FakeClients.fail("clusterdown"));
    interpreter(1, PATIENT, clients).run(Requests.count(3), NEVER, stop);

    assertThat(recorded.build()).hasSize(3).allMatch(o -> o.invocation().process() == 0);
    assertThat(clients.opened()).containsExactly(0);
    assertThat(clients.closed()).isEmpty();
  }

  @Test
  void recordsCompletionsBeforeItInvokesAgain() throws IOException {
    List<Consumer<Outcome>> waiting = new ArrayList<>();
    FakeClients clients =
        new FakeClients(
            (process, request, done) -> {
              waiting.add(done);
              // The third client to be asked answers for all three, so that three answers are in
              // the queue when the loop goes round.
              if (waiting.size() == 3) {
                waiting.forEach(w -> w.accept(FakeClients.ok()));
                waiting.clear();
              }
            });
    interpreter(3, PATIENT, clients).run(new Alternately(6, 0), NEVER, stop);

    assertThat(recorded.events())
        .containsExactly(
            "invoke 0",
            "invoke 1",
            "invoke 2",
            "OK 0",
            "OK 1",
            "OK 2",
            "invoke 0",
            "invoke 1",
            "invoke 2",
            "OK 0",
            "OK 1",
            "OK 2");
  }

  @Test
  void takesAClientThatThrowsForAnUnknownOutcome() throws IOException {
    FakeClients clients =
        new FakeClients(
            (process, request, done) -> {
              throw new IllegalStateException("broken client");
            });
    interpreter(1, PATIENT, clients).run(Requests.count(2), NEVER, stop);

    assertThat(recorded.build())
        .hasSize(2)
        .allSatisfy(
            o ->
                assertThat(o.completion().orElseThrow())
                    .isInstanceOfSatisfying(
                        Completion.Info.class,
                        info -> assertThat(info.error()).isEqualTo("client-failed")));
  }

  @Test
  void countsAnAnswerGivenTwiceOnce() throws IOException {
    FakeClients clients =
        new FakeClients(
            (process, request, done) -> {
              done.accept(FakeClients.ok());
              done.accept(FakeClients.info("again"));
            });
    interpreter(2, PATIENT, clients).run(Requests.count(10), NEVER, stop);

    assertThat(recorded.build()).hasSize(10).allMatch(Operation::isOk);
  }

  @Test
  void givesUpOnClientsThatDoNotAnswerWithinTheDrainBound() throws IOException {
    FakeClients clients = new FakeClients((process, request, done) -> {});
    interpreter(2, Duration.ofMillis(20), clients).run(Requests.count(2), NEVER, stop);

    assertThat(recorded.build())
        .hasSize(2)
        .allSatisfy(
            o ->
                assertThat(o.completion().orElseThrow())
                    .isInstanceOfSatisfying(
                        Completion.Info.class,
                        info -> assertThat(info.error()).isEqualTo("unanswered")));
  }

  @Test
  void waitsForOpenOperationsWhenTheGeneratorIsExhausted() throws Exception {
    ExecutorService late = Executors.newSingleThreadExecutor();
    try {
      CountDownLatch bothInvoked = new CountDownLatch(2);
      FakeClients clients =
          new FakeClients(
              (process, request, done) -> {
                bothInvoked.countDown();
                late.execute(
                    () -> {
                      awaitLatch(bothInvoked);
                      done.accept(FakeClients.ok());
                    });
              });
      interpreter(2, PATIENT, clients).run(Requests.count(2), NEVER, stop);
    } finally {
      late.shutdown();
    }

    assertThat(recorded.build()).hasSize(2).allMatch(Operation::isOk);
  }

  @Test
  void stopsWhenItsTimeIsOver() throws IOException {
    Ending ending =
        interpreter(1, PATIENT, answering(FakeClients.ok()))
            .run(Requests.count(NEVER), Duration.ofMillis(20).toNanos(), stop);

    assertThat(ending).isEqualTo(Ending.TIME_OVER);
    assertThat(recorded.build()).allMatch(Operation::isOk);
  }

  @Test
  void stopsWhenTheSignalIsRaisedEvenWhileItSleeps() throws Exception {
    CountDownLatch invoked = new CountDownLatch(1);
    FakeClients clients = new FakeClients((process, request, done) -> invoked.countDown());
    Thread raiser =
        new Thread(
            () -> {
              awaitLatch(invoked);
              stop.raise();
            });
    raiser.start();
    Ending ending =
        interpreter(1, Duration.ofMillis(1), clients).run(Requests.count(5), NEVER, stop);
    raiser.join();

    assertThat(ending).isEqualTo(Ending.STOPPED);
    assertThat(recorded.build()).hasSize(1);
  }

  @Test
  void goesOnWithIndexesAndProcessesInTheNextPhase() throws IOException {
    LiveInterpreter interpreter =
        interpreter(1, Duration.ofMillis(1), new FakeClients((process, request, done) -> {}));
    interpreter.run(Requests.count(1), NEVER, stop);
    interpreter.run(Requests.count(1), NEVER, new StopSignal());

    assertThat(recorded.build())
        .extracting(o -> o.invocation().index() + " by " + o.invocation().process())
        .containsExactly("0 by 0", "2 by 1");
  }

  @Test
  void doesNotInvokeBeforeTheTimeThatTheGeneratorGives() throws IOException {
    long due = Duration.ofMillis(30).toNanos();
    interpreter(1, PATIENT, answering(FakeClients.ok())).run(new OnceAt(due, false), NEVER, stop);

    assertThat(recorded.build())
        .singleElement()
        .satisfies(o -> assertThat(o.invocation().timeNanos()).isGreaterThanOrEqualTo(due));
  }

  @Test
  void doesNotWaitForAnOperationThatIsDueAfterTheEnd() throws IOException {
    Ending ending =
        interpreter(1, PATIENT, answering(FakeClients.ok()))
            .run(new OnceAt(NEVER, false), Duration.ofMillis(5).toNanos(), stop);

    assertThat(ending).isEqualTo(Ending.TIME_OVER);
    assertThat(recorded.build()).isEmpty();
  }

  @Test
  void refusesAGeneratorThatAsksABusyProcess() {
    FakeClients clients = new FakeClients((process, request, done) -> {});
    LiveInterpreter interpreter = interpreter(1, PATIENT, clients);

    assertThatIllegalStateException()
        .isThrownBy(() -> interpreter.run(new Stubborn(), NEVER, stop))
        .withMessageContaining("process 0, which is not free");
  }

  @Test
  void stopsAtOnceWhenTheHistoryCannotBeKept() {
    HistorySink full =
        new HistorySink() {
          @Override
          public void invoked(Invocation invocation) throws IOException {
            if (invocation.index() >= 4) {
              throw new IOException("No space left on device");
            }
          }

          @Override
          public void completed(int process, Completion completion) {}

          @Override
          public void flush() {}
        };
    LiveInterpreter interpreter = interpreter(1, PATIENT, answering(FakeClients.ok()), full);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> interpreter.run(Requests.count(100), NEVER, stop))
        .withMessage("No space left on device");
    assertThat(interpreter.events()).isEqualTo(5);
  }

  /** Whatever clients do, and on whichever thread, the builder accepts what comes out. */
  @Property(tries = 60)
  void historiesAreWellFormedWhateverClientsDo(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int concurrency) throws IOException {
    RecordedHistory history = new RecordedHistory();
    ExecutorService[] threads = {
      Executors.newSingleThreadExecutor(), Executors.newSingleThreadExecutor()
    };
    RandomSource random = RandomSource.seeded(seed);
    FakeClients clients =
        new FakeClients(
            (process, request, done) -> {
              Outcome outcome =
                  List.of(FakeClients.ok(), FakeClients.fail("moved"), FakeClients.info("timeout"))
                      .get(random.nextInt(3));
              switch (random.nextInt(8)) {
                case 0 -> done.accept(outcome);
                case 1 -> throw new IllegalStateException("broken client");
                case 2 -> {
                  done.accept(outcome);
                  done.accept(FakeClients.info("twice"));
                }
                case 3 -> {
                  done.accept(outcome);
                  throw new IllegalStateException("broken after its answer");
                }
                default -> threads[random.nextInt(2)].execute(() -> done.accept(outcome));
              }
            });
    try {
      LiveInterpreter interpreter = interpreter(concurrency, PATIENT, clients, history);
      interpreter.run(Requests.count(200), NEVER, new StopSignal());
      interpreter.run(Requests.count(100), NEVER, new StopSignal());
    } finally {
      Arrays.stream(threads).forEach(ExecutorService::shutdownNow);
    }

    History built = history.build();
    assertThat(built).hasSize(300);
    assertThat(built).allMatch(o -> o.completion().isPresent());
    assertThat(built).allMatch(o -> o.invocation().process() % concurrency < concurrency);
    long before = 0;
    for (Operation operation : built) {
      assertThat(operation.invocation().timeNanos()).isGreaterThanOrEqualTo(before);
      before = operation.invocation().timeNanos();
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Requests by the lowest worker that is free, only once all are free or after one was begun.
   *
   * @param left how many are still wanted
   * @param begun how many have been begun since all were free
   */
  private record Alternately(int left, int begun) implements Generator {
    @Override
    public Step next(GeneratorContext context) {
      if (left == 0) {
        return Step.exhausted();
      }
      int worker = context.allFree() ? 0 : begun;
      if (worker >= context.workers()) {
        return Step.pending(this);
      }
      return new Step.Emit(
          context.nowNanos(),
          context.processOf(worker),
          new Request("read", Value.nil(), Value.nil()),
          new Alternately(left - 1, worker + 1));
    }

    @Override
    public Generator update(GeneratorContext context, GeneratorEvent event) {
      return this;
    }
  }

  /** One request at a certain time. */
  private record OnceAt(long dueNanos, boolean done) implements Generator {
    @Override
    public Step next(GeneratorContext context) {
      return done
          ? Step.exhausted()
          : new Step.Emit(
              Math.max(dueNanos, context.nowNanos()),
              context.anyFreeProcess(),
              new Request("read", Value.nil(), Value.nil()),
              new OnceAt(dueNanos, true));
    }

    @Override
    public Generator update(GeneratorContext context, GeneratorEvent event) {
      return this;
    }
  }

  /** Asks process 0 whether it is free or not. */
  private record Stubborn() implements Generator {
    @Override
    public Step next(GeneratorContext context) {
      return new Step.Emit(
          context.nowNanos(), 0, new Request("read", Value.nil(), Value.nil()), this);
    }

    @Override
    public Generator update(GeneratorContext context, GeneratorEvent event) {
      return this;
    }
  }
}
