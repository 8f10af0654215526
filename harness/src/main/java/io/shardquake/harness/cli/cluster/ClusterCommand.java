package io.shardquake.harness.cli.cluster;

import io.shardquake.harness.cli.Console;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code shardquake cluster}: its verbs do the work. */
@Command(
    name = "cluster",
    description = "Administers any Redis Cluster: its own, redis-cli's or redis-trib's.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = {
      CreateCommand.class,
      CheckClusterCommand.class,
      InfoCommand.class,
      FixCommand.class,
      RestoreCommand.class,
      ReshardCommand.class,
      RebalanceCommand.class,
      AddNodeCommand.class,
      DelNodeCommand.class,
      FailoverCommand.class,
      ForgetCommand.class,
      ResetCommand.class,
      CallCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, and for check and fix: the cluster is clean",
      "1:check, fix: something is wrong with the cluster",
      "2:stopped by Ctrl-C before the end; the same command goes on",
      "64:what was asked for makes no sense",
      "70:it could not be done; the reason is given"
    })
public final class ClusterCommand implements Runnable {
  @Spec @Nullable CommandSpec spec;

  /** What makes each verb, by its class. */
  public static Map<Class<?>, Supplier<?>> verbs(Console console) {
    Map<Class<?>, Supplier<?>> verbs = new LinkedHashMap<>();
    verbs.put(CreateCommand.class, () -> new CreateCommand(console));
    verbs.put(CheckClusterCommand.class, () -> new CheckClusterCommand(console));
    verbs.put(InfoCommand.class, () -> new InfoCommand(console));
    verbs.put(FixCommand.class, () -> new FixCommand(console));
    verbs.put(RestoreCommand.class, () -> new RestoreCommand(console));
    verbs.put(ReshardCommand.class, () -> new ReshardCommand(console));
    verbs.put(RebalanceCommand.class, () -> new RebalanceCommand(console));
    verbs.put(AddNodeCommand.class, () -> new AddNodeCommand(console));
    verbs.put(DelNodeCommand.class, () -> new DelNodeCommand(console));
    verbs.put(FailoverCommand.class, () -> new FailoverCommand(console));
    verbs.put(ForgetCommand.class, () -> new ForgetCommand(console));
    verbs.put(ResetCommand.class, () -> new ResetCommand(console));
    verbs.put(CallCommand.class, () -> new CallCommand(console));
    return verbs;
  }

  @Override
  public void run() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(),
        "say what to do: create, check, info, fix, restore, reshard, rebalance, add-node, del-node,"
            + " failover, forget, reset or call");
  }
}
