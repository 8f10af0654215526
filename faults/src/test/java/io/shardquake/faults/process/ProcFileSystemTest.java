package io.shardquake.faults.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcFileSystemTest {
  @TempDir Path proc;

  @BeforeEach
  void boot() throws IOException {
    Files.createDirectories(proc.resolve("sys/kernel/random"));
    boot("0d5c");
  }

  private void boot(String id) throws IOException {
    Files.writeString(proc.resolve("sys/kernel/random/boot_id"), id + "\n");
  }

  private void process(int pid, String command, String state, long start) throws IOException {
    Files.createDirectories(proc.resolve(Integer.toString(pid)));
    Files.writeString(
        proc.resolve(pid + "/stat"),
        pid
            + " ("
            + command
            + ") "
            + state
            + " 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 "
            + start
            + " 20 21\n");
  }

  @Test
  void knowsAProcessByItsNumberItsStartAndTheBoot() throws IOException {
    process(42, "redis-server", "S", 777);

    assertThat(new ProcFileSystem(proc).find(42))
        .isEqualTo(Optional.of(new ProcessIdentity(42, "777@0d5c")));
    assertThat(new ProcFileSystem(proc).find(43)).isEmpty();
  }

  @Test
  void readsPastACommandThatLooksLikeFields() throws IOException {
    process(42, "a) T 1 2 (b", "R", 777);

    ProcFileSystem table = new ProcFileSystem(proc);
    ProcessIdentity process = table.find(42).orElseThrow();

    assertThat(process.start()).startsWith("777@");
    assertThat(table.state(process)).isEqualTo(ProcessState.RUNNING);
  }

  @Test
  void tellsWhatAProcessDoes() throws IOException {
    process(42, "redis-server", "S", 777);
    ProcFileSystem table = new ProcFileSystem(proc);
    ProcessIdentity process = table.find(42).orElseThrow();

    process(42, "redis-server", "T", 777);
    assertThat(table.state(process)).isEqualTo(ProcessState.STOPPED);
    process(42, "redis-server", "D", 777);
    assertThat(table.state(process)).isEqualTo(ProcessState.RUNNING);
    process(42, "redis-server", "Z", 777);
    assertThat(table.state(process)).isEqualTo(ProcessState.DEAD);
  }

  @Test
  void doesNotTakeAnotherProcessForIt() throws IOException {
    process(42, "redis-server", "S", 777);
    ProcFileSystem table = new ProcFileSystem(proc);
    ProcessIdentity process = table.find(42).orElseThrow();

    process(42, "passwd", "S", 778);
    assertThat(table.state(process)).isEqualTo(ProcessState.DEAD);

    process(42, "redis-server", "S", 777);
    boot("beef");
    assertThat(table.state(process)).as("after a reboot").isEqualTo(ProcessState.DEAD);
  }
}
