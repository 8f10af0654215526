package io.shardquake.node.core.migration;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.ErrorReply;
import java.util.List;

/**
 * What MIGRATE asks for.
 *
 * @param keys as named; those that do not exist are passed over
 * @param database of the target
 * @param timeoutMillis longest silence of the target
 * @param credentials arguments of AUTH at the target; empty for none
 */
record MigrateRequest(
    String host,
    int port,
    List<byte[]> keys,
    long database,
    long timeoutMillis,
    boolean copy,
    boolean replace,
    List<byte[]> credentials) {
  private static final int KEY = 3;
  private static final int FIRST_OPTION = 6;
  private static final long LEAST_TIMEOUT = 1000;

  MigrateRequest {
    keys = List.copyOf(keys);
    credentials = List.copyOf(credentials);
  }

  static MigrateRequest parse(CommandContext context) {
    boolean copy = false;
    boolean replace = false;
    List<byte[]> credentials = List.of();
    List<byte[]> keys = List.of(context.argument(KEY));
    int last = context.count() - 1;
    for (int i = FIRST_OPTION; i <= last; i++) {
      if (context.is(i, "COPY")) {
        copy = true;
      } else if (context.is(i, "REPLACE")) {
        replace = true;
      } else if (context.is(i, "AUTH") && i < last) {
        credentials = List.of(context.argument(++i));
      } else if (context.is(i, "AUTH2") && i + 1 < last) {
        credentials = List.of(context.argument(++i), context.argument(++i));
      } else if (context.is(i, "KEYS")) {
        keys = keysAfter(i, context);
        i = last;
      } else {
        throw ErrorReply.syntax();
      }
    }
    long timeout = context.integer(5);
    long database = context.integer(4);
    return new MigrateRequest(
        context.text(1),
        port(context),
        keys,
        database,
        timeout <= 0 ? LEAST_TIMEOUT : timeout,
        copy,
        replace,
        credentials);
  }

  private static List<byte[]> keysAfter(int word, CommandContext context) {
    if (context.argument(KEY).length != 0) {
      throw new ErrorReply(
          "ERR When using MIGRATE KEYS option, the key argument must be set to the empty string");
    }
    return List.of(context.arguments()).subList(word + 1, context.count());
  }

  /** A port that is no number connects to nobody, which is what Redis makes of it too. */
  private static int port(CommandContext context) {
    try {
      int port = Integer.parseInt(context.text(2));
      return port < 0 || port > 65_535 ? 0 : port;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  String endpoint() {
    return host + ":" + port;
  }
}
