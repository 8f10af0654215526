package io.shardquake.harness.target;

import io.shardquake.harness.command.ShortCommand;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A container engine by its command line: docker, or podman, which understands the same words. The
 * environment says which engine that is (DOCKER_HOST).
 */
final class ContainerEngine {
  private static final ShortCommand QUICK = new ShortCommand(Duration.ofSeconds(60));

  private final String program;

  private ContainerEngine(String program) {
    this.program = program;
  }

  /** The engine of this machine, if it has one that answers. */
  static Optional<ContainerEngine> onThisMachine() {
    return Stream.of("docker", "podman")
        .filter(ContainerEngine::isOnSearchPath)
        .map(ContainerEngine::new)
        .filter(ContainerEngine::answers)
        .findFirst();
  }

  private static boolean isOnSearchPath(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
  }

  private boolean answers() {
    try {
      return !tell("version", "--format", "{{.Server.Version}}").isBlank();
    } catch (IOException silent) {
      return false;
    }
  }

  /**
   * Runs one command of the engine.
   *
   * @return what it printed
   * @throws IOException in one line why it failed
   */
  String tell(String... words) throws IOException {
    return tell(List.of(words));
  }

  /** The same with a list of words. */
  String tell(List<String> words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(program);
    command.addAll(words);
    return QUICK.run("", command).strip();
  }

  @Override
  public String toString() {
    return program;
  }
}
