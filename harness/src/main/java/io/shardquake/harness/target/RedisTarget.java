package io.shardquake.harness.target;

import io.shardquake.faults.Capabilities;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The target {@code redis}: a {@code redis-server} or compatible executable, one process a node,
 * each on its own loopback address, append-only file on, no snapshots.
 *
 * <p>The executable is the one that the options name, else {@code redis-server} on the search path,
 * else a static one for Linux or macOS that is carried along.
 */
public final class RedisTarget implements Target {
  private static final String CONFIGURATION = "redis.conf";

  private final ServerSearch search;
  private final ProcessClusterStarter starter;

  RedisTarget(ServerSearch search, ProcessClusterStarter starter) {
    this.search = search;
    this.starter = starter;
  }

  /**
   * The target on this machine, with this process's environment. A cluster that is still open when
   * the JVM shuts down is ended at once; whoever wants to heal and judge first on a signal handles
   * that signal. The servers themselves get no signal from a terminal.
   */
  public static RedisTarget onThisMachine() {
    String searchPath = Optional.ofNullable(System.getenv("PATH")).orElse("");
    CarriedServer carried =
        new CarriedServer(
            RedisTarget::resource, System.getProperty("os.name"), System.getProperty("os.arch"));
    return new RedisTarget(
        new ServerSearch(searchPath, cacheDirectory(), carried),
        new ProcessClusterStarter(
            new FreeAddresses(FreeAddresses::canListen, RandomGenerator.getDefault()),
            DetachedCommand.foundOn(searchPath)));
  }

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public Capabilities capabilities() {
    return starter.capabilities();
  }

  @Override
  public RunningCluster start(ClusterOptions options, Path directory, LongSupplier clock)
      throws TargetException, InterruptedException {
    ServerExecutable server = server(options, directory);
    return starter.start(
        server.description(), capabilities(), recipe(server, options), options, directory, clock);
  }

  /** The executable that its nodes are started from, fit for what the options ask for. */
  ServerExecutable server(ClusterOptions options, Path directory)
      throws TargetException, InterruptedException {
    ServerExecutable server = search.find(options.server(), directory.resolve("server"));
    if (options.wiring() == ClusterOptions.Wiring.PROXIED && !server.version().isAtLeast(4, 0)) {
      throw new TargetException(
          "network faults need a server that announces other ports than its own, Redis 4.0 or"
              + " later, not "
              + server.description().version());
    }
    return server;
  }

  /** How to start one of its nodes. */
  static NodeRecipe recipe(ServerExecutable server, ClusterOptions options) {
    return (own, place) -> {
      List<String> lines = RedisConfiguration.render(place, server.version(), options);
      Files.write(own.resolve(CONFIGURATION), lines);
      return List.of(server.path().toString(), CONFIGURATION);
    };
  }

  private static Optional<InputStream> resource(String name) {
    return Optional.ofNullable(RedisTarget.class.getResourceAsStream(name));
  }

  private static Path cacheDirectory() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .filter(directory -> !directory.isEmpty())
        .map(Path::of)
        .orElse(Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("shardquake")
        .resolve("servers");
  }
}
