package io.shardquake.harness.target;

import io.shardquake.faults.Capabilities;
import io.shardquake.node.server.NodeMain;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The target {@code reference}: the bundled reference nodes, one JVM a node, each on its own
 * loopback address, append-only file on, no snapshots. Needs nothing but the JDK that runs the
 * harness.
 */
public final class ReferenceTarget implements Target {
  private static final String CONFIGURATION = "node.conf";

  /** Whose configuration file the nodes understand. */
  private static final ServerVersion UNDERSTOOD = new ServerVersion(7, 0);

  /**
   * A node is a small process among several on a machine, and lives for minutes: little memory, one
   * thread to collect it, no time spent on optimizing what is run so briefly.
   */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xms16m",
          "-Xmx512m",
          "-Xss512k",
          "-XX:+UseSerialGC",
          "-XX:MaxHeapFreeRatio=40",
          "-XX:TieredStopAtLevel=1",
          "-XX:ReservedCodeCacheSize=24m",
          "-XX:-UsePerfData",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xlog:disable",
          "-Xlog:all=error:stderr");

  private static final String NO_SLOW_SNAPSHOTS =
      "the snapshots of reference nodes cannot be slowed down (rdb-key-save-delay)";

  private final NodeProgram program;
  private final ProcessClusterStarter starter;

  ReferenceTarget(NodeProgram program, ProcessClusterStarter starter) {
    this.program = program;
    this.starter = starter;
  }

  /**
   * What the JVMs of nodes are started from.
   *
   * @param java the JVM's executable
   * @param classPath that holds this program
   * @param archive of classes made ready by an earlier start, if there is one
   */
  record NodeProgram(Path java, String classPath, Optional<Path> archive) {

    /** The program that this process itself runs. */
    static NodeProgram ofThisProcess() {
      return new NodeProgram(
          Path.of(System.getProperty("java.home"), "bin", "java"),
          Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
              .map(entry -> Path.of(entry).toAbsolutePath().toString())
              .collect(Collectors.joining(File.pathSeparator)),
          Optional.ofNullable(System.getProperty("shardquake.archive"))
              .map(Path::of)
              .filter(Files::isRegularFile));
    }

    List<String> command() {
      List<String> words = new ArrayList<>();
      words.add(java.toString());
      archive.ifPresent(file -> words.add("-XX:SharedArchiveFile=" + file));
      words.addAll(JVM_OPTIONS);
      words.addAll(List.of("-cp", classPath, NodeMain.class.getName()));
      return words;
    }
  }

  /**
   * The target on this machine, with the JVM and the program of this process. A cluster that is
   * still open when the JVM shuts down is ended at once.
   */
  public static ReferenceTarget onThisMachine() {
    String searchPath = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return new ReferenceTarget(
        NodeProgram.ofThisProcess(),
        new ProcessClusterStarter(
            new FreeAddresses(FreeAddresses::canListen, RandomGenerator.getDefault()),
            DetachedCommand.foundOn(searchPath)));
  }

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public Capabilities capabilities() {
    return starter
        .capabilities()
        .lacking(
            "memory-limit", "reference nodes count the heap of the JVM, which shrinks by itself")
        .lacking("crash-in-resync", NO_SLOW_SNAPSHOTS)
        .lacking("crash-in-rewrite", NO_SLOW_SNAPSHOTS);
  }

  @Override
  public RunningCluster start(ClusterOptions options, Path directory, LongSupplier clock)
      throws TargetException, InterruptedException {
    return starter.start(description(), capabilities(), recipe(options), options, directory, clock);
  }

  /** How to start one of its nodes. */
  NodeRecipe recipe(ClusterOptions options) {
    return (own, place) -> {
      List<String> lines = RedisConfiguration.render(place, UNDERSTOOD, options);
      Files.write(own.resolve(CONFIGURATION), lines);
      List<String> command = new ArrayList<>(program.command());
      command.add(CONFIGURATION);
      options.defects().forEach(defect -> command.addAll(List.of("--defect", defect.title())));
      return command;
    };
  }

  ServerDescription description() throws TargetException {
    Path program = Path.of(this.program.classPath().split(File.pathSeparator, 2)[0]);
    String version =
        Optional.ofNullable(ReferenceTarget.class.getPackage().getImplementationVersion())
            .orElse("");
    return new ServerDescription(
        "shardquake-reference-node", version, "", digest(program), program.toString());
  }

  /** The digest of the program; empty if it is a directory of classes. */
  private static String digest(Path program) throws TargetException {
    if (!Files.isRegularFile(program)) {
      return "";
    }
    try (InputStream content = Files.newInputStream(program)) {
      return Sha256.of(content);
    } catch (IOException e) {
      throw new TargetException(program + " cannot be read: " + OneLine.of(e), e);
    }
  }
}
