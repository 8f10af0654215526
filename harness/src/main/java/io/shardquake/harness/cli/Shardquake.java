package io.shardquake.harness.cli;

import io.shardquake.harness.cli.cluster.ClusterCommand;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code shardquake} command: its verbs do the work. */
@Command(
    name = "shardquake",
    description = "Breaks Redis Clusters on purpose and judges what survives.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    subcommands = {
      RunCommand.class,
      LabCommand.class,
      SimCommand.class,
      ReplayCommand.class,
      ShrinkCommand.class,
      CheckCommand.class,
      ReportCommand.class,
      ServeCommand.class,
      CertifyCommand.class,
      ClusterCommand.class,
      NodeVerb.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:VALID: the target kept the contract",
      "1:INVALID: it broke the contract",
      "2:UNKNOWN: that could not be decided; the reason is given",
      "64:what was asked for, or given to read, makes no sense",
      "70:the harness itself could not do its work"
    })
final class Shardquake implements Runnable {
  @Spec @Nullable CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Log in detail; show where in the program an error arose.")
  boolean debug;

  @Override
  public void run() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(),
        "say what to do: run, lab, sim, replay, shrink, check, report, serve, certify, cluster or node");
  }
}
