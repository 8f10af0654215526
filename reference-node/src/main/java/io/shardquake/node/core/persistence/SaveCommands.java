package io.shardquake.node.core.persistence;

import io.shardquake.node.core.client.Blocked;
import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.WaitingClients;
import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import java.util.List;

/** SAVE, BGSAVE, LASTSAVE and BGREWRITEAOF. */
final class SaveCommands implements CommandGroup {
  private static final String SAVING = "ERR Background save already in progress";

  private final RdbSaves saves;
  private final AppendOnlyFile aof;
  private final WaitingClients waiting;

  SaveCommands(RdbSaves saves, AppendOnlyFile aof, WaitingClients waiting) {
    this.saves = saves;
    this.aof = aof;
    this.waiting = waiting;
  }

  @Override
  public void register(CommandTable table) {
    table.add("save", this::save);
    table.add("bgsave", this::backgroundSave);
    table.add("lastsave", context -> context.reply().integer(saves.lastSave() / 1000));
    table.add("bgrewriteaof", this::rewrite);
  }

  /** Its client waits; all others go on, but what is saved is the present moment all the same. */
  private void save(CommandContext context) {
    if (saves.isRunning()) {
      throw new ErrorReply(SAVING);
    }
    Client client = context.client();
    context.block(List.of(), Long.MAX_VALUE, () -> {});
    Blocked blocked = client.blocked().orElseThrow();
    saves.begin();
    saves.awaitEnd(error -> answer(client, blocked, error));
  }

  @SuppressWarnings("ReferenceEquality") // This wait, not another one like it.
  private void answer(Client client, Blocked blocked, String error) {
    if (client.blocked().filter(by -> by == blocked).isEmpty()) {
      return;
    }
    if (error.isEmpty()) {
      client.reply().ok();
    } else {
      client.reply().error("ERR");
    }
    waiting.release(client);
  }

  private void backgroundSave(CommandContext context) {
    boolean schedule = context.count() == 2 && context.is(1, "SCHEDULE");
    if (context.count() > 1 && !schedule) {
      throw ErrorReply.syntax();
    }
    if (saves.isRunning()) {
      throw new ErrorReply(SAVING);
    }
    if (!aof.isRewriting()) {
      saves.begin();
      context.reply().simple("Background saving started");
    } else if (schedule) {
      saves.schedule();
      context.reply().simple("Background saving scheduled");
    } else {
      throw new ErrorReply(
          "ERR Another child process is active (AOF?): can't BGSAVE right now. Use BGSAVE SCHEDULE"
              + " in order to schedule a BGSAVE whenever possible.");
    }
  }

  private void rewrite(CommandContext context) {
    if (aof.isRewriting()) {
      throw new ErrorReply("ERR Background append only file rewriting already in progress");
    }
    if (saves.isRunning()) {
      aof.schedule();
      context.reply().simple("Background append only file rewriting scheduled");
    } else {
      aof.rewrite();
      context.reply().simple("Background append only file rewriting started");
    }
  }
}
