package io.shardquake.faults.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ProcessSignalsTest {
  private Process sleeper;

  /** The table of this machine, and the one of machines without {@code /proc}. */
  static Stream<ProcessTable> tables() {
    return Stream.of(ProcessTable.ofThisMachine(), new PsCommand());
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofMinutes(1));
  }

  @BeforeEach
  void start() throws IOException {
    sleeper = new ProcessBuilder("sleep", "600").start();
  }

  @AfterEach
  void end() {
    sleeper.destroyForcibly();
  }

  @ParameterizedTest
  @MethodSource("tables")
  void stopsContinuesAndKills(ProcessTable table) throws IOException {
    ProcessSignals signals = new ProcessSignals(table);
    ProcessIdentity process = table.find(sleeper.pid()).orElseThrow();
    assertThat(table.state(process)).isEqualTo(ProcessState.RUNNING);

    assertThat(signals.send(process, Signal.STOP)).isTrue();
    await().until(() -> table.state(process) == ProcessState.STOPPED);
    assertThat(signals.send(process, Signal.CONT)).isTrue();
    await().until(() -> table.state(process) == ProcessState.RUNNING);
    assertThat(signals.send(process, Signal.KILL)).isTrue();
    await().until(() -> table.state(process) == ProcessState.DEAD);

    assertThat(table.find(sleeper.pid())).isEmpty();
    for (Signal signal : Signal.values()) {
      assertThat(signals.send(process, signal)).as("%s to the dead", signal).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("tables")
  void killsAStoppedProcess(ProcessTable table) throws IOException {
    ProcessSignals signals = new ProcessSignals(table);
    ProcessIdentity process = table.find(sleeper.pid()).orElseThrow();

    signals.send(process, Signal.STOP);
    await().until(() -> table.state(process) == ProcessState.STOPPED);
    signals.send(process, Signal.KILL);

    await().until(() -> table.state(process) == ProcessState.DEAD);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void neverMeetsAStrangerWithTheSameNumber(ProcessTable table) throws IOException {
    ProcessSignals signals = new ProcessSignals(table);
    ProcessIdentity process = table.find(sleeper.pid()).orElseThrow();
    ProcessIdentity predecessor = new ProcessIdentity(process.pid(), process.start() + "1");

    for (Signal signal : Signal.values()) {
      assertThat(signals.send(predecessor, signal)).as("%s", signal).isFalse();
    }

    assertThat(table.state(process)).isEqualTo(ProcessState.RUNNING);
  }
}
