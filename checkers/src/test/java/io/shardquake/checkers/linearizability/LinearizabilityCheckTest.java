package io.shardquake.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.edn.Corpora;
import io.shardquake.checkers.edn.Corpora.Recording;
import io.shardquake.checkers.edn.EdnHistoryReader;
import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.model.Models;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LinearizabilityCheckTest {
  private static final Limits LIMITS = new Limits(Duration.ofMinutes(2), 1L << 30);
  private static final LinearizabilityOptions FROM_NIL =
      LinearizabilityOptions.of(Models.casRegister(Value.nil())).withLimits(LIMITS);
  private static final LinearizabilityOptions AS_KNOSSOS =
      LinearizabilityOptions.of(Models.casRegister(Value.of(0L)))
          .withNilReads(NilReads.UNKNOWN)
          .withLimits(LIMITS);

  @ParameterizedTest
  @MethodSource("everyRecordingAndAlgorithm")
  void givesTheKnownVerdict(Recording recording, Algorithm algorithm) throws IOException {
    LinearizabilityOptions options =
        recording.file().toString().contains("knossos") ? AS_KNOSSOS : FROM_NIL;
    LinearizabilityResult result =
        LinearizabilityCheck.run(read(recording), options.withAlgorithm(algorithm));
    if (algorithm == Algorithm.UNIQUE && result.validity() == Validity.UNKNOWN) {
      assertThat(result.reason()).contains("use another algorithm");
    } else {
      assertThat(result.validity())
          .as(result.reason())
          .isEqualTo(recording.valid() ? Validity.VALID : Validity.INVALID);
    }
  }

  static Stream<Arguments> everyRecordingAndAlgorithm() {
    return Corpora.all().stream()
        .flatMap(
            recording ->
                Stream.of(Algorithm.values()).map(algorithm -> Arguments.of(recording, algorithm)));
  }

  private static History read(Recording recording) throws IOException {
    return EdnHistoryReader.read(recording.file(), EdnHistoryReader.Values.PLAIN).content();
  }

  @Test
  void judgesEachKeyByItself() {
    Recorder recorder = new Recorder();
    for (long key = 0; key < 100; key++) {
      recorder.write(key, 1).read(key, key == 42 ? 2 : 1);
    }
    LinearizabilityResult result = LinearizabilityCheck.run(recorder.history(), FROM_NIL);
    assertThat(result.objects()).hasSize(100);
    assertThat(result.objects())
        .filteredOn(object -> object.validity() != Validity.VALID)
        .singleElement()
        .satisfies(object -> assertThat(object.key()).isEqualTo(Value.of(42L)));
    assertThat(result.validity()).isEqualTo(Validity.INVALID);
  }

  @Test
  void leavesNoThreadBehind() {
    Recorder recorder = new Recorder();
    for (long key = 0; key < 8; key++) {
      recorder.write(key, 1).read(key, 1);
    }
    LinearizabilityCheck.run(
        recorder.history(), FROM_NIL.withAlgorithm(Algorithm.COMPETITION).withThreads(4));
    Set<String> names =
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .collect(Collectors.toSet());
    assertThat(names).noneMatch(name -> name.startsWith("linearizability"));
  }

  @Test
  void aHistoryWithoutOperationsIsUndecided() {
    LinearizabilityResult result = LinearizabilityCheck.run(new Recorder().history(), FROM_NIL);
    assertThat(result.validity()).isEqualTo(Validity.UNKNOWN);
    assertThat(result.reason()).isEqualTo("the history holds no operation");
  }

  @Test
  void namesTheEventOfAnOperationThatTheModelDoesNotHave() {
    History history = new Recorder().write(1, 1).call("push", 1, Value.of(2L)).history();
    LinearizabilityResult result = LinearizabilityCheck.run(history, FROM_NIL);
    assertThat(result.validity()).isEqualTo(Validity.UNKNOWN);
    assertThat(result.reason())
        .contains(
            "event 2: a cas-register takes read, write and cas of [expected new], not push 2");
  }

  @Test
  void saysWhichLimitEndedTheCheck() {
    History history = new Recorder().write(1, 1).read(1, 1).history();
    LinearizabilityOptions hurried = FROM_NIL.withLimits(new Limits(Duration.ofNanos(1), 1L << 30));
    assertThat(LinearizabilityCheck.run(history, hurried).reason())
        .startsWith("key 1: undecided: time limit of 0.000 s");
  }

  @Test
  void theCheckerExplainsWhatItFinds() {
    History history = new Recorder().write(7, 1).write(7, 2).read(7, 1).history();
    Verdict verdict = new LinearizabilityChecker(FROM_NIL).check(Evidence.of(history), LIMITS);
    assertThat(verdict.validity()).isEqualTo(Validity.INVALID);
    assertThat(verdict.reason())
        .isEqualTo("key 7: read -> 1 (process 0, events 4 to 5) cannot be linearized");
    assertThat(verdict.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo("not-linearizable");
              assertThat(finding.severity()).isEqualTo(Finding.Severity.VIOLATION);
              assertThat(finding.operations()).isEqualTo(List.of(2L, 4L));
              assertThat(finding.explanation()).contains("can't read 1 from 2");
            });
  }

  /** One process, one operation after another. */
  private static final class Recorder {
    private final History.Builder builder = new History.Builder();
    private long index;

    Recorder write(long key, long value) {
      return call("write", key, Value.of(value));
    }

    Recorder read(long key, long result) {
      return call("read", key, Value.nil(), Value.of(result));
    }

    Recorder call(String function, long key, Value argument) {
      return call(function, key, argument, Value.nil());
    }

    private Recorder call(String function, long key, Value argument, Value result) {
      builder.invoke(new Invocation(index, index++, 0, function, Value.of(key), argument));
      builder.complete(0, new Completion.Ok(index, index++, result, Attribution.NONE));
      return this;
    }

    History history() {
      return builder.build();
    }
  }
}
