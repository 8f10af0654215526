package io.shardquake.node.core.connection;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.Clients;
import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import java.util.List;
import java.util.function.Predicate;

/** CLIENT KILL. */
public final class KillCommand implements CommandGroup {
  private final Clients clients;
  private final Predicate<String> isUser;

  /**
   * The command.
   *
   * @param isUser whether there is a user of a name
   */
  public KillCommand(Clients clients, Predicate<String> isUser) {
    this.clients = clients;
    this.isUser = isUser;
  }

  @Override
  public void register(CommandTable table) {
    table.add("client|kill", this::kill);
  }

  private void kill(CommandContext context) {
    if (context.count() == 3) {
      String address = context.text(2);
      if (kill(client -> client.address().equals(address)) == 0) {
        throw new ErrorReply("ERR No such client");
      }
      context.reply().ok();
      return;
    }
    Predicate<Client> filter = client -> true;
    boolean skipMe = true;
    for (int i = 2; i < context.count(); i += 2) {
      if (i + 1 == context.count()) {
        throw ErrorReply.syntax();
      }
      if (context.is(i, "SKIPME")) {
        skipMe = context.is(i + 1, "YES");
        if (!skipMe && !context.is(i + 1, "NO")) {
          throw ErrorReply.syntax();
        }
      } else {
        filter = filter.and(filter(context, i));
      }
    }
    if (skipMe) {
      long me = context.client().id();
      filter = filter.and(client -> client.id() != me);
    }
    context.reply().integer(kill(filter));
  }

  private Predicate<Client> filter(CommandContext context, int at) {
    String value = context.text(at + 1);
    if (context.is(at, "ID")) {
      long id =
          context.integer(at + 1, 1, Long.MAX_VALUE, "ERR client-id should be greater than 0");
      return client -> client.id() == id;
    } else if (context.is(at, "TYPE")) {
      ClientType type = ClientType.named(value);
      return client -> ClientType.of(client) == type;
    } else if (context.is(at, "ADDR")) {
      return client -> client.address().equals(value);
    } else if (context.is(at, "LADDR")) {
      return client -> client.localAddress().equals(value);
    } else if (context.is(at, "USER")) {
      if (!isUser.test(value)) {
        throw new ErrorReply("ERR No such user '" + value + "'");
      }
      return client -> client.user().equals(value);
    }
    throw ErrorReply.syntax();
  }

  private int kill(Predicate<Client> filter) {
    List<Client> killed = clients.all().stream().filter(filter).toList();
    killed.forEach(Client::close);
    return killed.size();
  }
}
