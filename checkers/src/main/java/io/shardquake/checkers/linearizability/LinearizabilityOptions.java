package io.shardquake.checkers.linearizability;

import io.shardquake.checkers.Limits;
import io.shardquake.checkers.linearizability.model.Model;

/**
 * How to judge a history, key by key.
 *
 * @param model the object in its initial state; every key starts so
 * @param algorithm which algorithm decides
 * @param nilReads what a read of {@code nil} says
 * @param limits bounds for the whole history, all keys together
 * @param threads how many keys are judged at once, at least 1
 */
public record LinearizabilityOptions(
    Model model, Algorithm algorithm, NilReads nilReads, Limits limits, int threads) {

  public LinearizabilityOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, not " + threads);
    }
  }

  /** The model with everything else as most users want it. */
  public static LinearizabilityOptions of(Model model) {
    return new LinearizabilityOptions(
        model,
        Algorithm.AUTO,
        NilReads.VALUE,
        Limits.DEFAULT,
        Runtime.getRuntime().availableProcessors());
  }

  public LinearizabilityOptions withAlgorithm(Algorithm chosen) {
    return new LinearizabilityOptions(model, chosen, nilReads, limits, threads);
  }

  public LinearizabilityOptions withNilReads(NilReads chosen) {
    return new LinearizabilityOptions(model, algorithm, chosen, limits, threads);
  }

  public LinearizabilityOptions withLimits(Limits chosen) {
    return new LinearizabilityOptions(model, algorithm, nilReads, chosen, threads);
  }

  public LinearizabilityOptions withThreads(int chosen) {
    return new LinearizabilityOptions(model, algorithm, nilReads, limits, chosen);
  }
}
