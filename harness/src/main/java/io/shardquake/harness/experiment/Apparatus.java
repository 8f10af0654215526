package io.shardquake.harness.experiment;

import io.shardquake.faults.nemesis.FaultCatalogue;
import io.shardquake.harness.target.Target;
import io.shardquake.workloads.Workload;

/** What an experiment is carried out with: the things that its names stand for. */
public record Apparatus(Target target, Workload workload, FaultCatalogue faults) {}
