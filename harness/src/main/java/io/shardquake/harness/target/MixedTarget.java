package io.shardquake.harness.target;

import io.shardquake.faults.Capabilities;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The target {@code mixed}: one cluster of real Redis and reference nodes, in turn, so that masters
 * and replicas of either kind follow, replace and elect each other. The first node, and every
 * second after it, runs the {@code redis-server} executable.
 */
public final class MixedTarget implements Target {
  private final RedisTarget redis;
  private final ReferenceTarget reference;
  private final ProcessClusterStarter starter;

  private MixedTarget(RedisTarget redis, ReferenceTarget reference, ProcessClusterStarter starter) {
    this.redis = redis;
    this.reference = reference;
    this.starter = starter;
  }

  /** The target on this machine; see {@link RedisTarget#onThisMachine}. */
  public static MixedTarget onThisMachine() {
    String searchPath = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return new MixedTarget(
        RedisTarget.onThisMachine(),
        ReferenceTarget.onThisMachine(),
        new ProcessClusterStarter(
            new FreeAddresses(FreeAddresses::canListen, RandomGenerator.getDefault()),
            DetachedCommand.foundOn(searchPath)));
  }

  @Override
  public String name() {
    return "mixed";
  }

  /** What its reference nodes lack, the cluster lacks. */
  @Override
  public Capabilities capabilities() {
    return reference.capabilities();
  }

  @Override
  public RunningCluster start(ClusterOptions options, Path directory, LongSupplier clock)
      throws TargetException, InterruptedException {
    ServerExecutable server = redis.server(options, directory);
    NodeRecipe ofRedis = RedisTarget.recipe(server, options);
    NodeRecipe ofReference = reference.recipe(options);
    NodeRecipe inTurn = (own, place) -> (isOdd(own) ? ofRedis : ofReference).prepare(own, place);
    return starter.start(description(server), capabilities(), inTurn, options, directory, clock);
  }

  /** Whether a node's directory, which is called after its number, has an odd one. */
  private static boolean isOdd(Path own) {
    String name = own.getFileName().toString();
    return (name.charAt(name.length() - 1) - '0') % 2 == 1;
  }

  private ServerDescription description(ServerExecutable server) throws TargetException {
    ServerDescription one = server.description();
    ServerDescription other = reference.description();
    return new ServerDescription(
        one.product() + " and " + other.product(),
        one.version(),
        one.build(),
        one.sha256(),
        one.origin() + " and " + other.origin());
  }
}
