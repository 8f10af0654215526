package io.shardquake.harness.target;

import io.shardquake.faults.process.Signal;
import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.NodeAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Servers in cluster mode that know nobody yet, at consecutive ports, from 7000 if they are free,
 * of one loopback address: what people start by hand before they make a cluster of them.
 */
public final class LooseServers implements AutoCloseable {
  /** Others may listen on every address of the machine at the first ones. */
  private static final int[] FIRST_PORTS = {7000, 7200, 7400, 7600};

  private static final int HOSTS = 50;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final ProcessGroup group;
  private final ClusterConnections connections = new ClusterConnections(Duration.ofSeconds(2));
  private final List<ServerProcess> processes = new ArrayList<>();

  /** Which server. */
  public enum Kind {
    REDIS,
    REFERENCE
  }

  private LooseServers(ProcessGroup group) {
    this.group = group;
  }

  /**
   * Prepares servers and starts none.
   *
   * @param count how many at most
   * @param directives lines of the configuration file beside those of every target
   */
  public static LooseServers open(Kind kind, int count, Path directory, List<String> directives)
      throws Exception {
    ClusterOptions options =
        ClusterOptions.DEFAULT.withNodeTimeout(Duration.ofSeconds(1)).withDirectives(directives);
    String searchPath = System.getenv("PATH");
    LooseServers servers =
        new LooseServers(ProcessGroup.open(directory, DetachedCommand.foundOn(searchPath)));
    NodeAddress first = freeAddress(count);
    for (int i = 0; i < count; i++) {
      String name = Integer.toString(first.port() + i);
      Path own = Files.createDirectories(directory.resolve(name).toAbsolutePath());
      NodePlace place = NodePlace.direct(new NodeAddress(first.host(), first.port() + i));
      List<String> command =
          switch (kind) {
            case REDIS -> redis(place, options, own, directory);
            case REFERENCE -> reference(place, options, own);
          };
      servers.processes.add(
          servers.group.add(
              new NodeLaunch(name, place, command, Map.of(), own, own.resolve("log"))));
    }
    return servers;
  }

  private static List<String> redis(
      NodePlace place, ClusterOptions options, Path own, Path directory) throws Exception {
    Redis.assumeInstalled();
    ServerExecutable server =
        new ServerSearch(
                System.getenv("PATH"),
                directory,
                new CarriedServer(name -> Optional.empty(), "none", "none"))
            .find(Optional.empty(), directory);
    Path file = own.resolve("redis.conf");
    Files.write(file, RedisConfiguration.render(place, server.version(), options));
    return List.of(server.path().toString(), file.toString());
  }

  private static List<String> reference(NodePlace place, ClusterOptions options, Path own)
      throws IOException {
    Path file = own.resolve("node.conf");
    Files.write(file, RedisConfiguration.render(place, new ServerVersion(7, 0), options));
    List<String> command = new ArrayList<>(ReferenceTarget.NodeProgram.ofThisProcess().command());
    command.add(file.toString());
    return command;
  }

  /** 127.0.0.1:7000 if it can be, because that is what the reader of a story expects. */
  private static NodeAddress freeAddress(int count) {
    return IntStream.of(FIRST_PORTS)
        .boxed()
        .flatMap(
            port ->
                IntStream.range(0, HOSTS)
                    .mapToObj(i -> i == 0 ? "127.0.0.1" : "127.7." + i + ".1")
                    .map(host -> new NodeAddress(host, port)))
        .filter(
            first ->
                IntStream.range(first.port(), first.port() + count)
                    .flatMap(port -> IntStream.of(port, port + NodePlace.BUS_OFFSET))
                    .allMatch(port -> FreeAddresses.canListen(new NodeAddress(first.host(), port))))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no loopback address has " + count + " free ports"));
  }

  /** Where the server with this number, from 0, listens. */
  public NodeAddress address(int number) {
    return processes.get(number).launch().address();
  }

  /** Where the server keeps its files. */
  public Path directory(int number) {
    return processes.get(number).launch().directory();
  }

  /** Starts servers, also again on what they left; returns when they answer. */
  public void start(int... numbers) throws Exception {
    List<ServerProcess> started = IntStream.of(numbers).mapToObj(processes::get).toList();
    for (ServerProcess process : started) {
      process.start();
    }
    new NodePing(connections, LIMIT).await(started);
  }

  /** Ends a server with SIGKILL; returns when it is gone. */
  public void kill(int number) throws Exception {
    ServerProcess process = processes.get(number);
    process.signal(Signal.KILL);
    process.gone().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** Everything in the server's append-only files. */
  public String appendOnlyFile(int number) throws IOException {
    StringBuilder content = new StringBuilder();
    try (Stream<Path> files = Files.walk(directory(number))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".aof")).sorted().toList()) {
        content.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return content.toString();
  }

  @Override
  public void close() {
    connections.close();
    group.close();
  }
}
