package io.shardquake.node.core.acl;

import io.shardquake.node.core.command.CommandFlag;
import io.shardquake.node.core.command.CommandSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a user's selectors allow a request. */
final class Permissions {
  private static final List<String> WRITES = List.of("insert", "update", "delete");

  private Permissions() {}

  /** The denial of the selector that came furthest; empty if one allows the request. */
  static Optional<Denial> denial(User user, CommandSpec spec, byte[][] request) {
    Optional<Denial> worst = Optional.empty();
    for (Selector selector : user.selectors()) {
      Optional<Denial> denial = denial(selector, spec, request);
      if (denial.isEmpty()) {
        return denial;
      }
      if (worst.isEmpty() || denial.get().reason().compareTo(worst.get().reason()) > 0) {
        worst = denial;
      }
    }
    return worst;
  }

  private static Optional<Denial> denial(Selector selector, CommandSpec spec, byte[][] request) {
    if (!spec.is(CommandFlag.NO_AUTH) && !selector.commands().allows(spec, request)) {
      return Optional.of(
          new Denial(Denial.Reason.COMMAND, spec.name().getBytes(StandardCharsets.ISO_8859_1)));
    }
    if (!selector.allowsAllKeys() && spec.hasKeys() && !isChannelCommand(spec)) {
      for (CommandSpec.Key key : spec.locate(request)) {
        boolean reads = key.flags().contains("access") && !isPlainSet(spec, request);
        boolean writes =
            WRITES.stream().anyMatch(key.flags()::contains) && !isReadingBitfield(spec, request);
        if (!selector.allowsKey(request[key.index()], reads, writes)) {
          return Optional.of(new Denial(Denial.Reason.KEY, request[key.index()]));
        }
      }
    }
    if (!selector.allowsAllChannels() && isChannelCommand(spec)) {
      boolean patterns = spec.name().equals("psubscribe");
      for (byte[] channel : channels(spec, request)) {
        if (!selector.allowsChannel(channel, patterns)) {
          return Optional.of(new Denial(Denial.Reason.CHANNEL, channel));
        }
      }
    }
    return Optional.empty();
  }

  /** SET reads only if it is to give the old value. */
  private static boolean isPlainSet(CommandSpec spec, byte[][] request) {
    return spec.name().equals("set") && !has(request, 3, "GET");
  }

  private static boolean isReadingBitfield(CommandSpec spec, byte[][] request) {
    return spec.name().equals("bitfield") && !has(request, 2, "SET") && !has(request, 2, "INCRBY");
  }

  private static boolean has(byte[][] request, int from, String word) {
    for (int i = from; i < request.length; i++) {
      if (new String(request[i], StandardCharsets.ISO_8859_1).equalsIgnoreCase(word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isChannelCommand(CommandSpec spec) {
    return switch (spec.name()) {
      case "publish", "spublish", "subscribe", "ssubscribe", "psubscribe", "sunsubscribe" -> true;
      default -> false;
    };
  }

  private static List<byte[]> channels(CommandSpec spec, byte[][] request) {
    int last =
        switch (spec.name()) {
          case "publish", "spublish" -> 1;
          case "sunsubscribe" -> 0;
          default -> request.length - 1;
        };
    List<byte[]> channels = new ArrayList<>();
    for (int i = 1; i <= last; i++) {
      channels.add(request[i]);
    }
    return channels;
  }
}
