package io.shardquake.node.core.administration;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.command.Pause;
import io.shardquake.node.core.persistence.Persistence;

/** SHUTDOWN, and the orderly end that a signal asks for. */
public final class ShutdownCommand implements CommandGroup {
  private final Persistence persistence;
  private final Pause pause;
  private final Outbox outbox;

  /**
   * The command.
   *
   * @param pause holds requests back while the last save is being written
   */
  public ShutdownCommand(Persistence persistence, Pause pause, Outbox outbox) {
    this.persistence = persistence;
    this.pause = pause;
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
    boolean now = false;
    boolean force = false;
    for (int i = 1; i < context.count(); i++) {
      if (context.is(i, "SAVE")) {
        save = true;
      } else if (context.is(i, "NOSAVE")) {
        noSave = true;
      } else if (context.is(i, "NOW")) {
        now = true;
      } else if (context.is(i, "FORCE")) {
        force = true;
      } else if (context.is(i, "ABORT")) {
        abort = true;
      } else {
        throw ErrorReply.syntax();
      }
    }
    if ((abort && (save || noSave || now || force)) || (save && noSave)) {
      throw ErrorReply.syntax();
    }
    if (abort) {
      throw new ErrorReply("ERR No shutdown in progress.");
    }
    Client client = context.client();
    end(
        save || (!noSave && persistence.savesAtEnd()),
        force,
        () -> client.reply().error("ERR Errors trying to SHUTDOWN. Check logs."));
  }

  /** Ends the node, as a signal asks for: once everything that is to be kept is on disk. */
  public void end() {
    end(persistence.savesAtEnd(), false, () -> {});
  }

  private void end(boolean save, boolean force, Runnable otherwise) {
    outbox.log(Effect.Level.WARNING, "User requested shutdown...");
    pause.begin(Pause.Purpose.SHUTDOWN, Pause.Scope.ALL, Long.MAX_VALUE);
    persistence.finish(
        save,
        error -> {
          if (error.isEmpty() || force) {
            outbox.log(Effect.Level.WARNING, "Redis is now ready to exit, bye bye...");
            outbox.toNetwork(new Effect.Exit(0));
          } else {
            pause.end(Pause.Purpose.SHUTDOWN);
            otherwise.run();
          }
        });
  }
}
