package io.shardquake.faults.process;

import java.io.IOException;
import java.util.Optional;

/** Systems without {@code /proc}: the JDK knows when a process started, {@code ps} what it does. */
final class PsCommand implements ProcessTable {
  @Override
  public Optional<ProcessIdentity> find(long pid) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(process -> process.info().startInstant())
        .map(start -> new ProcessIdentity(pid, start.toString()));
  }

  @Override
  public ProcessState state(ProcessIdentity process) {
    if (!find(process.pid()).equals(Optional.of(process))) {
      return ProcessState.DEAD;
    }
    try {
      Shell.Answer answer = Shell.run("ps", "-o", "state=", "-p", Long.toString(process.pid()));
      return answer.status() == 0 ? state(answer.output()) : ProcessState.DEAD;
    } catch (IOException missing) {
      throw new IllegalStateException(
          "cannot tell what process " + process.pid() + " does: no /proc here, and no ps", missing);
    }
  }

  private static ProcessState state(String letters) {
    return switch (letters.isEmpty() ? 'Z' : letters.charAt(0)) {
      case 'T' -> ProcessState.STOPPED;
      case 'Z' -> ProcessState.DEAD;
      default -> ProcessState.RUNNING;
    };
  }
}
