package io.shardquake.faults.process;

import java.io.IOException;

/**
 * Sends signals to processes, and never to a process that merely got the number of another: just
 * before a signal is sent, the number must still belong to the process that is meant.
 *
 * <p>Between this look and the signal lies a window of microseconds (KILL, TERM) to milliseconds
 * (STOP, CONT). A kernel gives out process numbers in ascending order, so a number would have to
 * come round within this window. Thread-safe.
 */
public final class ProcessSignals {
  private final ProcessTable table;

  public ProcessSignals(ProcessTable table) {
    this.table = table;
  }

  /**
   * Sends the signal. That it was sent does not say that it has taken effect: ask {@link
   * ProcessTable#state}.
   *
   * @return false if the process has ended before; nothing was sent then
   * @throws IOException if the process lives and the signal cannot be sent, with the reason
   */
  public boolean send(ProcessIdentity process, Signal signal) throws IOException {
    if (table.state(process) == ProcessState.DEAD) {
      return false;
    }
    return switch (signal) {
      case KILL -> end(process, ProcessHandle::destroyForcibly, signal);
      case TERM -> end(process, ProcessHandle::destroy, signal);
      case STOP, CONT -> kill(process, signal);
    };
  }

  private interface Ending {
    boolean of(ProcessHandle process);
  }

  /** Through the JDK, which compares the start of the process once more in the same native call. */
  private boolean end(ProcessIdentity process, Ending ending, Signal signal) throws IOException {
    ProcessHandle handle = ProcessHandle.of(process.pid()).orElse(null);
    if (handle == null) {
      return false;
    }
    if (ending.of(handle)) {
      return true;
    }
    return goneOrRefused(process, signal, "the operating system refuses it");
  }

  /** Through the shell, whose kill is built in: the JDK has no other signals. */
  private boolean kill(ProcessIdentity process, Signal signal) throws IOException {
    String pid = Long.toString(process.pid());
    Shell.Answer answer = Shell.run("sh", "-c", "kill -s \"$1\" \"$2\"", "sh", signal.name(), pid);
    return answer.status() == 0 || goneOrRefused(process, signal, answer.output());
  }

  private boolean goneOrRefused(ProcessIdentity process, Signal signal, String reason)
      throws IOException {
    if (table.state(process) == ProcessState.DEAD) {
      return false;
    }
    throw new IOException(
        "cannot send SIG" + signal + " to process " + process.pid() + ": " + reason);
  }
}
