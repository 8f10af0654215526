package io.shardquake.node.core.command;

/** Commands whose flags follow from what they are asked to run: scripts that declare theirs. */
@FunctionalInterface
public interface SpecVariants {
  /** The command with the flags that hold for this request; mostly as it is. */
  CommandSpec of(CommandSpec spec, byte[][] request);
}
