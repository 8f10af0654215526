package io.shardquake.checkers.history;

/** Names in a history's JSON Lines. */
final class HistoryFields {
  static final String INDEX = "index";
  static final String TIME = "time";
  static final String PROCESS = "process";
  static final String TYPE = "type";
  static final String FUNCTION = "f";
  static final String KEY = "key";
  static final String VALUE = "value";
  static final String NODES = "nodes";
  static final String REDIRECTS = "redirects";
  static final String ERROR = "error";

  static final String INVOKE = "invoke";

  private HistoryFields() {}

  static String typeName(Completion.Type type) {
    return switch (type) {
      case OK -> "ok";
      case FAIL -> "fail";
      case INFO -> "info";
    };
  }
}
