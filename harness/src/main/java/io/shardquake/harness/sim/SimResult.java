package io.shardquake.harness.sim;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Verdict;
import io.shardquake.harness.sim.run.SimulatedRun.Ending;

/**
 * What came of a simulation.
 *
 * @param ending how it ended
 * @param evidence what was recorded
 * @param verdict what that proves, and what was seen meanwhile
 * @param observed the part of the verdict that no recording shows: what was seen meanwhile
 * @param hash stands for everything that happened
 * @param events how many events happened
 * @param virtualNanos how much time passed in it
 */
public record SimResult(
    Ending ending,
    Evidence evidence,
    Verdict verdict,
    Verdict observed,
    long hash,
    long events,
    long virtualNanos) {}
