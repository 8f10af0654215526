package io.shardquake.harness.cli;

import io.shardquake.node.server.NodeCommand;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shardquake node}: one reference node, until it is ended. */
@Command(
    name = "node",
    description = {
      "Runs one reference node until SHUTDOWN, Ctrl-C or SIGTERM ends it. Directives have the names"
          + " and defaults of redis.conf, except that a node listens on 127.0.0.1 unless told"
          + " otherwise."
    },
    customSynopsis = "shardquake node [FILE] [--DIRECTIVE VALUE...]...",
    footer = {
      "",
      "Example: shardquake node --port 7000 --cluster-enabled yes --appendonly yes --dir /tmp/n1"
    },
    sortOptions = false)
final class NodeVerb implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  boolean help;

  @Parameters(
      paramLabel = "FILE --DIRECTIVE VALUE",
      description = "A configuration file; then directives, which are stronger.")
  List<String> words = List.of();

  @Override
  public Integer call() {
    return NodeCommand.run(words);
  }
}
