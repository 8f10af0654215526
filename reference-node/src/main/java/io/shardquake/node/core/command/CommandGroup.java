package io.shardquake.node.core.command;

/** Commands that belong together, as Redis's documentation groups them. */
@FunctionalInterface
public interface CommandGroup {
  /** Names the handler of every command of the group. */
  void register(CommandTable table);
}
