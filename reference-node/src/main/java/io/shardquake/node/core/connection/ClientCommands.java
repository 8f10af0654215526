package io.shardquake.node.core.connection;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.Clients;
import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.command.HelpText;
import io.shardquake.node.core.command.Pause;
import io.shardquake.node.core.resp.StrictInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** CLIENT, but for what concerns client-side caching and the killing of clients. */
public final class ClientCommands implements CommandGroup {
  private final Clients clients;
  private final Pause pause;
  private final Waiting waiting;

  /** Ends the waiting of a client. */
  public interface Waiting {
    /** Answers as if its time were over. */
    void giveUp(Client client);

    /** Answers with an error. */
    void fail(Client client, String error);
  }

  public ClientCommands(Clients clients, Pause pause, Waiting waiting) {
    this.clients = clients;
    this.pause = pause;
    this.waiting = waiting;
  }

  @Override
  public void register(CommandTable table) {
    table.add("client|id", context -> context.reply().integer(context.client().id()));
    table.add("client|info", ClientCommands::info);
    table.add("client|list", this::list);
    table.add("client|getname", ClientCommands::getName);
    table.add("client|setname", ClientCommands::setName);
    table.add("client|pause", this::pause);
    table.add("client|unpause", this::unpause);
    table.add("client|reply", ClientCommands::reply);
    table.add("client|no-evict", ClientCommands::noEvict);
    table.add("client|unblock", this::unblock);
    table.add("client|help", HelpText.named("CLIENT"));
  }

  private static void info(CommandContext context) {
    verbatim(context, ClientText.of(context.client(), context.nowMillis()) + "\n");
  }

  private static void verbatim(CommandContext context, String text) {
    context.reply().verbatim("txt", text.getBytes(StandardCharsets.UTF_8));
  }

  private void list(CommandContext context) {
    Predicate<Client> filter = client -> true;
    if (context.count() == 4 && context.is(2, "TYPE")) {
      ClientType type = ClientType.named(context.text(3));
      filter = client -> ClientType.of(client) == type;
    } else if (context.count() > 3 && context.is(2, "ID")) {
      List<Long> ids = ids(context);
      filter = client -> ids.contains(client.id());
    } else if (context.count() != 2) {
      throw ErrorReply.syntax();
    }
    String lines =
        clients.all().stream()
            .filter(filter)
            .map(client -> ClientText.of(client, context.nowMillis()) + "\n")
            .collect(Collectors.joining());
    verbatim(context, lines);
  }

  private static List<Long> ids(CommandContext context) {
    List<Long> ids = new ArrayList<>();
    for (int i = 3; i < context.count(); i++) {
      ids.add(context.integer(i, Long.MIN_VALUE, Long.MAX_VALUE, "ERR Invalid client ID"));
    }
    return ids;
  }

  private static void getName(CommandContext context) {
    String name = context.client().name();
    if (name.isEmpty()) {
      context.reply().nullBulk();
    } else {
      context.reply().bulk(name);
    }
  }

  private static void setName(CommandContext context) {
    context.client().rename(ConnectionCommands.ClientNames.checked(context.text(2)));
    context.reply().ok();
  }

  private void pause(CommandContext context) {
    Pause.Scope scope = Pause.Scope.ALL;
    if (context.count() == 4) {
      if (context.is(3, "WRITE")) {
        scope = Pause.Scope.WRITES;
      } else if (!context.is(3, "ALL")) {
        throw new ErrorReply("ERR CLIENT PAUSE mode must be WRITE or ALL");
      }
    }
    byte[] text = context.argument(2);
    long millis = StrictInteger.parse(text, 0, text.length);
    if (millis == StrictInteger.INVALID) {
      throw new ErrorReply("ERR timeout is not an integer or out of range");
    }
    if (millis < 0) {
      throw new ErrorReply("ERR timeout is negative");
    }
    long until =
        millis > Long.MAX_VALUE - context.nowMillis()
            ? Long.MAX_VALUE
            : context.nowMillis() + millis;
    pause.begin(Pause.Purpose.CLIENT_COMMAND, scope, until);
    context.reply().ok();
  }

  private void unpause(CommandContext context) {
    pause.end(Pause.Purpose.CLIENT_COMMAND);
    context.reply().ok();
  }

  private static void reply(CommandContext context) {
    Client client = context.client();
    if (context.is(2, "ON")) {
      client.answer(Client.ReplyMode.ON);
      context.reply().ok();
    } else if (context.is(2, "OFF")) {
      client.answer(Client.ReplyMode.OFF);
    } else if (context.is(2, "SKIP")) {
      if (client.replyMode() != Client.ReplyMode.OFF) {
        client.answer(Client.ReplyMode.SKIP_NEXT);
      }
    } else {
      throw ErrorReply.syntax();
    }
  }

  private static void noEvict(CommandContext context) {
    boolean on = context.is(2, "ON");
    if (!on && !context.is(2, "OFF")) {
      throw ErrorReply.syntax();
    }
    context.client().keepFromEviction(on);
    context.reply().ok();
  }

  private void unblock(CommandContext context) {
    boolean error = false;
    if (context.count() > 4) {
      throw ErrorReply.unmatched(context.quoted(1), "CLIENT");
    }
    if (context.count() == 4) {
      error = context.is(3, "ERROR");
      if (!error && !context.is(3, "TIMEOUT")) {
        throw new ErrorReply("ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR");
      }
    }
    Client target =
        clients
            .withId(context.integer(2))
            .filter(client -> client.blocked().isPresent())
            .orElse(null);
    if (target != null && error) {
      waiting.fail(target, "UNBLOCKED client unblocked via CLIENT UNBLOCK");
    } else if (target != null) {
      waiting.giveUp(target);
    }
    context.reply().integer(target == null ? 0 : 1);
  }
}
