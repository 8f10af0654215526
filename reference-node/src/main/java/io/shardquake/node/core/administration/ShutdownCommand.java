package io.shardquake.node.core.administration;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;

/** SHUTDOWN, and the orderly end that a signal asks for. */
public final class ShutdownCommand implements CommandGroup {
  private final Outbox outbox;

  public ShutdownCommand(Outbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public void register(CommandTable table) {
    table.add("shutdown", this::shutdown);
  }

  private void shutdown(CommandContext context) {
    boolean save = false;
    boolean noSave = false;
    boolean abort = false;
    boolean other = false;
    for (int i = 1; i < context.count(); i++) {
      if (context.is(i, "SAVE")) {
        save = true;
      } else if (context.is(i, "NOSAVE")) {
        noSave = true;
      } else if (context.is(i, "NOW") || context.is(i, "FORCE")) {
        other = true;
      } else if (context.is(i, "ABORT")) {
        abort = true;
      } else {
        throw ErrorReply.syntax();
      }
    }
    if ((abort && (save || noSave || other)) || (save && noSave)) {
      throw ErrorReply.syntax();
    }
    if (abort) {
      throw new ErrorReply("ERR No shutdown in progress.");
    }
    end();
  }

  /** Ends the node once everything of this turn is on disk. */
  public void end() {
    outbox.log(Effect.Level.WARNING, "User requested shutdown...");
    outbox.toNetwork(new Effect.Exit(0));
  }
}
