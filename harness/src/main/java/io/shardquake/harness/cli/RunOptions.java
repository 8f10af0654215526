package io.shardquake.harness.cli;

import io.shardquake.workloads.StandardWorkloads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What {@code run} can be told of the experiment. */
final class RunOptions {
  @Option(
      names = "--target",
      paramLabel = "NAME",
      defaultValue = "reference",
      description =
          "What to test: reference, the bundled nodes; redis, a redis-server executable; mixed,"
              + " both in turn in one cluster; container, an image; external, a cluster that"
              + " somebody runs. (Default: ${DEFAULT-VALUE}.)")
  String target = "";

  @Option(
      names = "--server",
      paramLabel = "PATH",
      description = "The redis-server, or compatible, executable. (Default: found on the PATH.)")
  Optional<Path> server = Optional.empty();

  @Option(
      names = "--defect",
      paramLabel = "NAME",
      description =
          "A known defect that every reference node shall have; may be given several times."
              + " shardquake node --list-defects lists them.")
  List<String> defects = List.of();

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = "The image that containers are made from. It has to be there.")
  Optional<String> image = Optional.empty();

  @Option(
      names = "--image-server",
      paramLabel = "COMMAND",
      defaultValue = "redis-server",
      description = "The server in the image. (Default: ${DEFAULT-VALUE}.)")
  String imageServer = "";

  @Option(
      names = "--external",
      paramLabel = "FILE",
      description = "Where the nodes of an external cluster are, and how to break them.")
  Optional<Path> external = Optional.empty();

  @Option(
      names = "--masters",
      paramLabel = "N",
      defaultValue = "3",
      description = "Number of masters. (Default: ${DEFAULT-VALUE}.)")
  int masters;

  @Option(
      names = "--replicas",
      paramLabel = "N",
      defaultValue = "1",
      description = "Number of replicas of each master. (Default: ${DEFAULT-VALUE}.)")
  int replicas;

  @Option(
      names = "--node-timeout",
      paramLabel = "TIME",
      defaultValue = "2s",
      converter = DurationConverter.class,
      description = "cluster-node-timeout of every node. (Default: ${DEFAULT-VALUE}.)")
  Duration nodeTimeout = Duration.ZERO;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = DurationConverter.class,
      description = "How long the traffic lasts: 500ms, 30s, 2m. (Default: ${DEFAULT-VALUE}.)")
  Duration time = Duration.ZERO;

  @Option(
      names = "--recovery",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = DurationConverter.class,
      description =
          "How long the cluster may take to be whole again when all faults are healed. (Default:"
              + " ${DEFAULT-VALUE}.)")
  Duration recovery = Duration.ZERO;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What everything random is drawn from. (Default: a new one, which is shown.)")
  Optional<Long> seed = Optional.empty();

  @Option(
      names = "--contract",
      paramLabel = "NAME",
      defaultValue = "redis-cluster",
      description =
          "What the target is held to: redis-cluster or linearizable. (Default:"
              + " ${DEFAULT-VALUE}.)")
  String contract = "";

  @Option(
      names = "--faults",
      paramLabel = "KINDS",
      description =
          "Kinds of fault to plan, joined by commas; none; or any, for all that the target can do."
              + " (Default: kill,partition,reshard.)")
  Optional<String> faults = Optional.empty();

  @Option(
      names = "--network",
      paramLabel = "HOW",
      defaultValue = "proxy",
      description =
          "How links are broken: proxy, a link proxy before every node; or nft, a packet filter in a"
              + " network namespace of the run. (Default: ${DEFAULT-VALUE}.)")
  String network = "";

  @Option(
      names = "--intensity",
      paramLabel = "LEVEL",
      defaultValue = "normal",
      description =
          "How hard the planner strikes: calm, normal, brutal. (Default: ${DEFAULT-VALUE}.)")
  String intensity = "";

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description = "Carry out this fault plan instead of planning one.")
  Optional<Path> plan = Optional.empty();

  @Option(
      names = "--workload",
      paramLabel = "NAMES",
      defaultValue = StandardWorkloads.MIXED,
      description =
          "What clients do: a workload, or several by weight, as in register=4,set; mixed is the"
              + " usual mixture. (Default: ${DEFAULT-VALUE}.)")
  String workload = "";

  @Option(
      names = "--keys",
      paramLabel = "N",
      description = "How many keys are in use at a time. (Default: the workload's.)")
  Optional<Integer> keys = Optional.empty();

  @Option(
      names = "--value-size",
      paramLabel = "SIZE",
      converter = ByteSizeConverter.class,
      description =
          "Length that stored values are padded to; long ones make replicas lag. (Default: as short"
              + " as they are.)")
  Optional<Long> valueSize = Optional.empty();

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "30",
      description = "Number of clients at a time. (Default: ${DEFAULT-VALUE}.)")
  int concurrency;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Operations per second, all clients together. (Default: as many as possible.)")
  Optional<Double> rate = Optional.empty();

  @Option(
      names = "--op-timeout",
      paramLabel = "TIME",
      defaultValue = "1s",
      converter = DurationConverter.class,
      description = "How long one operation may take. (Default: ${DEFAULT-VALUE}.)")
  Duration operationTimeout = Duration.ZERO;
}
