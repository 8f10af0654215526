package io.shardquake.harness.experiment;

/** What {@code experiment.json} holds: all that is needed to run an experiment again. */
public record ExperimentRecord(Experiment experiment, Provenance provenance) {}
