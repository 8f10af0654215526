package io.shardquake.harness.target;

import io.shardquake.harness.command.ShortCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A container image of this machine's redis-server and the libraries that it loads, made without
 * any registry. It goes when closed.
 */
final class LocalImage implements AutoCloseable {
  private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");
  private static final ShortCommand COMMAND = new ShortCommand(Duration.ofSeconds(60));

  private final ContainerEngine engine;
  private final String name;

  private LocalImage(ContainerEngine engine, String name) {
    this.engine = engine;
    this.name = name;
  }

  /**
   * @param server the program
   * @param directory an empty one, for what goes into the image
   */
  static LocalImage of(Path server, ContainerEngine engine, Path directory) throws IOException {
    Path root = Files.createDirectory(directory.resolve("root"));
    copy(server, root);
    Matcher library = LIBRARY.matcher(COMMAND.run("", List.of("ldd", server.toString())));
    while (library.find()) {
      copy(Path.of(library.group(1)), root);
    }
    Path archive = directory.resolve("image.tar");
    COMMAND.run("", List.of("tar", "-C", root.toString(), "-cf", archive.toString(), "."));
    String name = "shardquake-test-" + UUID.randomUUID();
    engine.tell("import", archive.toString(), name);
    return new LocalImage(engine, name);
  }

  /** To the same place below another root; links are followed. */
  private static void copy(Path file, Path root) throws IOException {
    Path copy = root.resolve(file.toString().substring(1));
    Files.createDirectories(copy.getParent());
    Files.copy(file.toRealPath(), copy, StandardCopyOption.COPY_ATTRIBUTES);
  }

  String name() {
    return name;
  }

  @Override
  public void close() throws IOException {
    engine.tell("image", "rm", name);
  }
}
