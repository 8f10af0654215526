package io.shardquake.checkers.linearizability.model;

/** A model was asked for a call that it does not have. */
final class UnknownCallException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  UnknownCallException(String model, String takes, Call call) {
    super("a " + model + " takes " + takes + ", not " + call.function() + " " + call.argument());
  }
}
