package io.shardquake.faults.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Linux: {@code /proc/PID/stat} (proc(5)). The start is counted in clock ticks since the boot,
 * which, unlike a time of day, no correction of the clock can move; the identity of the boot goes
 * with it.
 */
final class ProcFileSystem implements ProcessTable {
  private static final int STATE_FIELD = 3;
  private static final int START_FIELD = 22;

  private final Path proc;

  ProcFileSystem(Path proc) {
    this.proc = proc;
  }

  @Override
  public Optional<ProcessIdentity> find(long pid) {
    return stat(pid).filter(stat -> stat.state() != ProcessState.DEAD).map(Stat::identity);
  }

  @Override
  public ProcessState state(ProcessIdentity process) {
    return stat(process.pid())
        .filter(stat -> stat.identity().equals(process))
        .map(Stat::state)
        .orElse(ProcessState.DEAD);
  }

  private Optional<Stat> stat(long pid) {
    try {
      String line = read(proc.resolve(Long.toString(pid)).resolve("stat"));
      // The second field is the command in brackets and may itself hold blanks and brackets.
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      String start = fields[START_FIELD - STATE_FIELD] + '@' + boot();
      return Optional.of(new Stat(new ProcessIdentity(pid, start), state(fields[0])));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private String boot() throws IOException {
    return read(proc.resolve("sys/kernel/random/boot_id")).strip();
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  private static ProcessState state(String letter) {
    return switch (letter) {
      case "T", "t" -> ProcessState.STOPPED;
      case "Z", "X", "x" -> ProcessState.DEAD;
      default -> ProcessState.RUNNING;
    };
  }

  private record Stat(ProcessIdentity identity, ProcessState state) {}
}
