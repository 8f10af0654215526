package io.shardquake.faults.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The processes of this machine, asked of the operating system at every call. Thread-safe. */
public sealed interface ProcessTable permits ProcFileSystem, PsCommand {
  /** The process that has this number now; empty if none has, or it has ended already. */
  Optional<ProcessIdentity> find(long pid);

  /** What this very process is doing; {@link ProcessState#DEAD} if its number is another's now. */
  ProcessState state(ProcessIdentity process);

  /** The table of this machine: the {@code /proc} file system, or else the command {@code ps}. */
  static ProcessTable ofThisMachine() {
    Path proc = Path.of("/proc");
    return Files.isReadable(proc.resolve("self/stat")) ? new ProcFileSystem(proc) : new PsCommand();
  }
}
