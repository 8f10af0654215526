package io.shardquake.harness.campaign;

import io.shardquake.checkers.Validity;
import java.util.Optional;

/**
 * What is kept of one simulation of a campaign.
 *
 * @param seed its seed
 * @param validity its verdict
 * @param fingerprint of what is wrong; empty if nothing is
 * @param reason of the verdict, one line
 * @param events that happened
 * @param virtualNanos that passed in it
 * @param processorNanos that it took
 */
public record SeedOutcome(
    long seed,
    Validity validity,
    Optional<Fingerprint> fingerprint,
    String reason,
    long events,
    long virtualNanos,
    long processorNanos) {}
