package io.shardquake.faults.process;

/**
 * One certain process of this machine. A process number is used again after its process has ended;
 * number and start together are not, so this can be written down and still be trusted by a later
 * run.
 *
 * @param pid its number
 * @param start when it started, in the words of the {@link ProcessTable} that found it; to be
 *     compared only
 */
public record ProcessIdentity(long pid, String start) {
  public ProcessIdentity {
    if (pid <= 0 || start.isEmpty()) {
      throw new IllegalArgumentException("not a process: " + pid + " '" + start + "'");
    }
  }
}
