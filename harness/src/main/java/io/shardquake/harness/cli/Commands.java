package io.shardquake.harness.cli;

import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the verbs, each with what it needs. */
final class Commands implements IFactory {
  private final IFactory others = CommandLine.defaultFactory();
  private final Map<Class<?>, Supplier<?>> verbs;

  Commands(Console console, Shardquake shardquake) {
    verbs =
        Map.of(
            RunCommand.class, () -> new RunCommand(console, shardquake),
            CheckCommand.class, () -> new CheckCommand(console),
            ReportCommand.class, () -> new ReportCommand(console));
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    Supplier<?> verb = verbs.get(type);
    return verb == null ? others.create(type) : type.cast(verb.get());
  }
}
