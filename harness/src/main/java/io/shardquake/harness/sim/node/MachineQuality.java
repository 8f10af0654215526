package io.shardquake.harness.sim.node;

/**
 * How good a machine is on a good day.
 *
 * @param turnMicros what a turn of the core costs
 * @param syncMicros how long a sync of a file takes
 * @param readMicros how long a piece of a file takes to be read or written beside the loop
 * @param tickMillis how often the core is told that time has passed, at most 100
 * @param driftMillionths by how much the fastest clock is too fast, and the slowest too slow
 * @param losesPower whether a process that is killed takes its machine with it
 */
public record MachineQuality(
    int turnMicros,
    int syncMicros,
    int readMicros,
    int tickMillis,
    int driftMillionths,
    boolean losesPower) {
  public static final MachineQuality GOOD = new MachineQuality(5, 200, 50, 50, 0, false);
}
