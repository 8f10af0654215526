package io.shardquake.node.core.tracking;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.ClientTracking;
import io.shardquake.node.core.client.ClientTracking.Mode;
import io.shardquake.node.core.client.Clients;
import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.resp.ReplyBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** CLIENT TRACKING, TRACKINGINFO, CACHING and GETREDIR. */
public final class TrackingCommands implements CommandGroup {
  private final KeyTracking tracking;
  private final Clients clients;

  public TrackingCommands(KeyTracking tracking, Clients clients) {
    this.tracking = tracking;
    this.clients = clients;
  }

  @Override
  public void register(CommandTable table) {
    table.add("client|tracking", this::track);
    table.add("client|trackinginfo", TrackingCommands::info);
    table.add("client|caching", TrackingCommands::caching);
    table.add("client|getredir", TrackingCommands::redirect);
  }

  /** The options of CLIENT TRACKING as they are read. */
  private static final class Options {
    private OptionalLong redirect = OptionalLong.empty();
    private boolean broadcast;
    private boolean optIn;
    private boolean optOut;
    private boolean noLoop;
    private final List<byte[]> prefixes = new ArrayList<>();

    Mode mode() {
      if (broadcast) {
        return Mode.BROADCAST;
      }
      return optIn ? Mode.OPTIN : optOut ? Mode.OPTOUT : Mode.DEFAULT;
    }
  }

  private void track(CommandContext context) {
    Options options = parse(context);
    Client client = context.client();
    if (context.is(2, "ON")) {
      check(client.tracking(), options);
      List<byte[]> prefixes = new ArrayList<>();
      client.tracking().ifPresent(old -> prefixes.addAll(old.prefixes()));
      if (options.broadcast) {
        Prefixes.check(prefixes, options.prefixes);
      }
      prefixes.addAll(options.prefixes);
      prefixes.sort(Arrays::compareUnsigned);
      client.track(new ClientTracking(options.mode(), options.redirect, options.noLoop, prefixes));
      tracking.begin(client);
    } else if (context.is(2, "OFF")) {
      tracking.forget(client);
    } else {
      throw ErrorReply.syntax();
    }
    context.reply().ok();
  }

  private Options parse(CommandContext context) {
    Options options = new Options();
    for (int i = 3; i < context.count(); i++) {
      boolean more = i + 1 < context.count();
      if (context.is(i, "REDIRECT") && more) {
        i++;
        if (options.redirect.isPresent()) {
          throw new ErrorReply("ERR A client can only redirect to a single other client");
        }
        long id = context.integer(i);
        if (clients.withId(id).isEmpty()) {
          throw new ErrorReply("ERR The client ID you want redirect to does not exist");
        }
        options.redirect = OptionalLong.of(id);
      } else if (context.is(i, "BCAST")) {
        options.broadcast = true;
      } else if (context.is(i, "OPTIN")) {
        options.optIn = true;
      } else if (context.is(i, "OPTOUT")) {
        options.optOut = true;
      } else if (context.is(i, "NOLOOP")) {
        options.noLoop = true;
      } else if (context.is(i, "PREFIX") && more) {
        i++;
        options.prefixes.add(context.argument(i));
      } else {
        throw ErrorReply.syntax();
      }
    }
    return options;
  }

  private static void check(Optional<ClientTracking> present, Options options) {
    if (!options.broadcast && !options.prefixes.isEmpty()) {
      throw new ErrorReply("ERR PREFIX option requires BCAST mode to be enabled");
    }
    Optional<Mode> old = present.map(ClientTracking::mode);
    if (old.isPresent() && options.broadcast != (old.get() == Mode.BROADCAST)) {
      throw new ErrorReply(
          "ERR You can't switch BCAST mode on/off before disabling tracking for this client, and"
              + " then re-enabling it with a different mode.");
    }
    if (options.broadcast && (options.optIn || options.optOut)) {
      throw new ErrorReply("ERR OPTIN and OPTOUT are not compatible with BCAST");
    }
    if (options.optIn && options.optOut) {
      throw new ErrorReply("ERR You can't specify both OPTIN mode and OPTOUT mode");
    }
    boolean turns =
        (options.optIn && old.equals(Optional.of(Mode.OPTOUT)))
            || (options.optOut && old.equals(Optional.of(Mode.OPTIN)));
    if (turns) {
      throw new ErrorReply(
          "ERR You can't switch OPTIN/OPTOUT mode before disabling tracking for this client, and"
              + " then re-enabling it with a different mode.");
    }
  }

  private static void info(CommandContext context) {
    ReplyBuffer reply = context.reply();
    Optional<ClientTracking> wishes = context.client().tracking();
    List<String> flags = wishes.map(TrackingCommands::flags).orElse(List.of("off"));
    reply.map(3);
    reply.bulk("flags");
    reply.set(flags.size());
    flags.forEach(reply::bulk);
    reply.bulk("redirect");
    reply.integer(redirect(context.client()));
    reply.bulk("prefixes");
    reply.bulks(wishes.map(ClientTracking::prefixes).orElse(List.of()));
  }

  private static List<String> flags(ClientTracking wishes) {
    List<String> flags = new ArrayList<>();
    flags.add("on");
    switch (wishes.mode()) {
      case BROADCAST -> flags.add("bcast");
      case OPTIN -> {
        flags.add("optin");
        if (wishes.isCaching()) {
          flags.add("caching-yes");
        }
      }
      case OPTOUT -> {
        flags.add("optout");
        if (wishes.isCaching()) {
          flags.add("caching-no");
        }
      }
      case DEFAULT -> {}
    }
    if (wishes.noLoop()) {
      flags.add("noloop");
    }
    if (wishes.isRedirectBroken()) {
      flags.add("broken_redirect");
    }
    return flags;
  }

  private static void caching(CommandContext context) {
    ClientTracking wishes =
        context
            .client()
            .tracking()
            .orElseThrow(
                () ->
                    new ErrorReply(
                        "ERR CLIENT CACHING can be called only when the client is in tracking mode"
                            + " with OPTIN or OPTOUT mode enabled"));
    if (context.is(2, "YES")) {
      require(wishes, Mode.OPTIN, "YES");
    } else if (context.is(2, "NO")) {
      require(wishes, Mode.OPTOUT, "NO");
    } else {
      throw ErrorReply.syntax();
    }
    wishes.cacheNext(true);
    context.reply().ok();
  }

  private static void require(ClientTracking wishes, Mode mode, String word) {
    if (wishes.mode() != mode) {
      throw new ErrorReply(
          "ERR CLIENT CACHING "
              + word
              + " is only valid when tracking is enabled in "
              + mode
              + " mode.");
    }
  }

  private static void redirect(CommandContext context) {
    context.reply().integer(redirect(context.client()));
  }

  private static long redirect(Client client) {
    return client.tracking().map(wishes -> wishes.redirect().orElse(0)).orElse(-1L);
  }
}
