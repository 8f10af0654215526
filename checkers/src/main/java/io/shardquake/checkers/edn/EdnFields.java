package io.shardquake.checkers.edn;

/** Names in a Jepsen history, and the two that only this library writes. */
final class EdnFields {
  static final String INDEX = "index";
  static final String TIME = "time";
  static final String PROCESS = "process";
  static final String TYPE = "type";
  static final String FUNCTION = "f";
  static final String VALUE = "value";
  static final String ERROR = "error";
  static final String NODES = "nodes";
  static final String REDIRECTS = "redirects";

  private EdnFields() {}
}
