package io.shardquake.harness.cli;

import io.shardquake.harness.cli.cluster.ClusterCommand;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the verbs, each with what it needs. */
final class Commands implements IFactory {
  private final IFactory others = CommandLine.defaultFactory();
  private final Map<Class<?>, Supplier<?>> verbs;

  Commands(Console console, Shardquake shardquake) {
    Map<Class<?>, Supplier<?>> known = new HashMap<>(ClusterCommand.verbs(console));
    known.put(RunCommand.class, () -> new RunCommand(console, shardquake));
    known.put(CertifyCommand.class, () -> new CertifyCommand(console, shardquake));
    known.put(LabCommand.class, () -> new LabCommand(console, shardquake));
    known.put(CheckCommand.class, () -> new CheckCommand(console));
    known.put(SimCommand.class, () -> new SimCommand(console, shardquake));
    known.put(ReplayCommand.class, () -> new ReplayCommand(console, shardquake));
    known.put(ShrinkCommand.class, () -> new ShrinkCommand(console, shardquake));
    known.put(ReportCommand.class, () -> new ReportCommand(console));
    known.put(ServeCommand.class, () -> new ServeCommand(console));
    verbs = Map.copyOf(known);
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    Supplier<?> verb = verbs.get(type);
    return verb == null ? others.create(type) : type.cast(verb.get());
  }
}
