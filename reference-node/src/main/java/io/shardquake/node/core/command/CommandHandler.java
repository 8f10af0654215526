package io.shardquake.node.core.command;

/** Carries a command out. */
@FunctionalInterface
public interface CommandHandler {
  /**
   * Runs the command: changes the keyspace and appends exactly one reply, unless the command is one
   * that has none or that waits.
   *
   * @throws ErrorReply to answer with an error; nothing may have been changed or replied by then
   */
  void execute(CommandContext context);
}
