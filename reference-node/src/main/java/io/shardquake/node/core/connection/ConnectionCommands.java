package io.shardquake.node.core.connection;

import io.shardquake.node.core.acl.AccessControl;
import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.WatchedKeys;
import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.resp.ReplyBuffer;
import io.shardquake.node.core.resp.StrictInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** PING, ECHO, HELLO, AUTH, SELECT, QUIT, RESET, and a client's mode in a cluster. */
public final class ConnectionCommands implements CommandGroup {
  private static final String VERSION = "7.0.15";

  private final Configuration configuration;
  private final WatchedKeys watchedKeys;
  private final BooleanSupplier isReplica;
  private final Consumer<Client> unsubscribe;
  private final AccessControl access;

  /**
   * The commands.
   *
   * @param unsubscribe ends all subscriptions and tracking of a client, for RESET
   * @param access knows the users
   */
  public ConnectionCommands(
      Configuration configuration,
      WatchedKeys watchedKeys,
      BooleanSupplier isReplica,
      Consumer<Client> unsubscribe,
      AccessControl access) {
    this.configuration = configuration;
    this.watchedKeys = watchedKeys;
    this.isReplica = isReplica;
    this.unsubscribe = unsubscribe;
    this.access = access;
  }

  @Override
  public void register(CommandTable table) {
    table.add("ping", ConnectionCommands::ping);
    table.add("echo", context -> context.reply().bulk(context.argument(1)));
    table.add("hello", this::hello);
    table.add("auth", this::auth);
    table.add("select", this::select);
    table.add("quit", ConnectionCommands::quit);
    table.add("reset", this::reset);
    table.add("asking", this::asking);
    table.add("readonly", context -> readFromReplica(context, true));
    table.add("readwrite", context -> readFromReplica(context, false));
  }

  private static void ping(CommandContext context) {
    if (context.count() > 2) {
      throw ErrorReply.wrongNumberOfArguments("ping");
    }
    if (!context.client().subscriptions().isEmpty() && !context.reply().isResp3()) {
      context.reply().array(2);
      context.reply().bulk("pong");
      context.reply().bulk(context.count() == 2 ? context.argument(1) : new byte[0]);
    } else if (context.count() == 2) {
      context.reply().bulk(context.argument(1));
    } else {
      context.reply().simple("PONG");
    }
  }

  private static void quit(CommandContext context) {
    context.reply().ok();
    context.client().close();
  }

  private void select(CommandContext context) {
    long index = context.integer(1);
    if (configuration.yes("cluster-enabled") && index != 0) {
      throw new ErrorReply("ERR SELECT is not allowed in cluster mode");
    }
    if (index < 0 || index >= configuration.number("databases")) {
      throw new ErrorReply("ERR DB index is out of range");
    }
    context.client().select((int) index);
    context.reply().ok();
  }

  private void asking(CommandContext context) {
    requireCluster();
    context.client().ask(true);
    context.reply().ok();
  }

  private void readFromReplica(CommandContext context, boolean yes) {
    requireCluster();
    context.client().readFromReplica(yes);
    context.reply().ok();
  }

  private void requireCluster() {
    if (!configuration.yes("cluster-enabled")) {
      throw new ErrorReply("ERR This instance has cluster support disabled");
    }
  }

  private void reset(CommandContext context) {
    Client client = context.client();
    client.endTransaction();
    watchedKeys.unwatch(client);
    unsubscribe.accept(client);
    client.reply().speakResp3(false);
    client.reply().mute(false);
    client.select(0);
    client.ask(false);
    client.readFromReplica(false);
    client.rename("");
    client.deauthenticate();
    access.welcome(client);
    context.reply().simple("RESET");
  }

  private void auth(CommandContext context) {
    if (context.count() > 3) {
      throw ErrorReply.syntax();
    }
    if (context.count() == 2 && access.isOpen()) {
      throw new ErrorReply(
          "ERR AUTH <password> called without any password configured for the default user."
              + " Are you sure your configuration is correct?");
    }
    String user = context.count() == 3 ? context.text(1) : "default";
    access.authenticate(
        context.client(), context.argument(0), user, context.quoted(context.count() - 1));
    context.reply().ok();
  }

  private void hello(CommandContext context) {
    Client client = context.client();
    int version = context.count() > 1 ? version(context) : 0;
    String name = client.name();
    int next = 2;
    boolean authenticated = false;
    while (next < context.count()) {
      int left = context.count() - next - 1;
      if (context.is(next, "AUTH") && left >= 2) {
        access.authenticate(
            client, context.argument(0), context.text(next + 1), context.quoted(next + 2));
        authenticated = true;
        next += 3;
      } else if (context.is(next, "SETNAME") && left >= 1) {
        name = ClientNames.checked(context.text(next + 1));
        next += 2;
      } else {
        throw new ErrorReply("ERR Syntax error in HELLO option '" + context.quoted(next) + "'");
      }
    }
    if (!authenticated && access.needsAuthentication(client)) {
      throw new ErrorReply(
          "NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO"
              + " AUTH <user> <pass> option can be used to authenticate the client and select the"
              + " RESP protocol version at the same time");
    }
    client.rename(name);
    if (version > 0) {
      client.reply().speakResp3(version == 3);
    }
    describe(client);
  }

  private static int version(CommandContext context) {
    byte[] text = context.argument(1);
    long version = StrictInteger.parse(text, 0, text.length);
    if (version == StrictInteger.INVALID) {
      throw new ErrorReply("ERR Protocol version is not an integer or out of range");
    }
    if (version != 2 && version != 3) {
      throw new ErrorReply("NOPROTO unsupported protocol version");
    }
    return (int) version;
  }

  private void describe(Client client) {
    ReplyBuffer reply = client.reply();
    reply.map(7);
    reply.bulk("server");
    reply.bulk("redis");
    reply.bulk("version");
    reply.bulk(VERSION);
    reply.bulk("proto");
    reply.integer(reply.isResp3() ? 3 : 2);
    reply.bulk("id");
    reply.integer(client.id());
    reply.bulk("mode");
    reply.bulk(configuration.yes("cluster-enabled") ? "cluster" : "standalone");
    reply.bulk("role");
    reply.bulk(isReplica.getAsBoolean() ? "replica" : "master");
    reply.bulk("modules");
    reply.array(0);
  }

  /** The rule for names of clients. */
  static final class ClientNames {
    private ClientNames() {}

    /**
     * The name itself.
     *
     * @throws ErrorReply if it holds a byte outside {@code !} to {@code ~}
     */
    static String checked(String name) {
      boolean clean =
          name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8).length == name.length()
              && name.chars().allMatch(c -> c >= '!' && c <= '~');
      if (!clean) {
        throw new ErrorReply(
            "ERR Client names cannot contain spaces, newlines or special characters.");
      }
      return name;
    }
  }
}
