package io.shardquake.node.core.scripting;

import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandSpec;
import io.shardquake.node.core.command.ScriptedCommands;
import io.shardquake.node.core.command.SpecVariants;
import io.shardquake.node.core.keyspace.FunctionStore;
import io.shardquake.node.core.propagation.Propagation;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Scripts and functions, put together. Not thread-safe. */
public final class Scripting implements SpecVariants {
  private final Libraries libraries;
  private final EvalCommands scripts;
  private final FunctionCommands functions;
  private @Nullable ScriptedCommands commands;

  /**
   * Puts it together; {@link #runThrough} has to follow.
   *
   * @param rights says who may run what
   */
  public Scripting(
      Propagation propagation, Outbox outbox, boolean clusterEnabled, CommandRights rights) {
    ScriptRunner runner = new ScriptRunner(this::commands, propagation, clusterEnabled);
    this.scripts =
        new EvalCommands(
            new LuaEngine(
                () -> new RedisLibrary(this::commands, propagation, outbox, rights),
                RedisLibrary::addForScripts),
            runner);
    FunctionRegistration registration = new FunctionRegistration();
    LuaEngine engine =
        new LuaEngine(
            () -> new RedisLibrary(this::commands, propagation, outbox, rights), library -> {});
    this.libraries = new Libraries(engine, registration);
    this.functions = new FunctionCommands(libraries, engine, runner);
  }

  /** Runs the commands of scripts through there. */
  public void runThrough(ScriptedCommands through) {
    this.commands = through;
  }

  private ScriptedCommands commands() {
    return Objects.requireNonNull(commands, "runThrough has to come first");
  }

  /** The commands. */
  public List<CommandGroup> groups() {
    return List.of(scripts, functions);
  }

  /** The libraries, to be kept with the data. */
  public FunctionStore store() {
    return libraries;
  }

  /** Scripts that can be run by their digest. */
  public int scripts() {
    return scripts.count();
  }

  /** Libraries that are loaded. */
  public int libraries() {
    return libraries.all().size();
  }

  /** Functions that are loaded. */
  public int functions() {
    return libraries.functionCount();
  }

  @Override
  public CommandSpec of(CommandSpec spec, byte[][] request) {
    return switch (spec.name()) {
      case "eval", "eval_ro", "evalsha", "evalsha_ro" -> scripts.variant(spec, request, commands());
      case "fcall", "fcall_ro" -> functions.variant(spec, request, commands());
      default -> spec;
    };
  }
}
