package io.shardquake.harness.target;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The shim, compiled on this machine from the source that is carried along. */
final class ShimLibrary {
  private static final String SOURCE = "/io/shardquake/faults/disk/shim.c";
  private static final long BOUND_SECONDS = 60;

  private final Path library;

  private ShimLibrary(Path library) {
    this.library = library;
  }

  /** What this machine lacks to have a shim; empty if nothing. */
  static Optional<String> missing() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.of("the shim between servers and the operating system is for Linux only");
    }
    return compiler().isPresent()
        ? Optional.empty()
        : Optional.of("there is no C compiler to build the shim with (on Debian: gcc, libc6-dev)");
  }

  private static Optional<Path> compiler() {
    String searchPath = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of("cc", "gcc", "clang")
        .flatMap(
            name ->
                Stream.of(searchPath.split(File.pathSeparator))
                    .map(directory -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Compiles it.
   *
   * @param directory where to put it
   * @throws TargetException with what the compiler said, if that fails
   */
  static ShimLibrary build(Path directory) throws TargetException, InterruptedException {
    Path compiler =
        compiler().orElseThrow(() -> new TargetException(missing().orElse("no C compiler")));
    Path source = directory.resolve("shim.c");
    Path library = directory.resolve("shim.so");
    try (InputStream text = ShimLibrary.class.getResourceAsStream(SOURCE)) {
      if (text == null) {
        throw new TargetException("this build carries no " + SOURCE);
      }
      Files.createDirectories(directory);
      Files.write(source, text.readAllBytes());
      Process process =
          new ProcessBuilder(
                  List.of(
                      compiler.toString(),
                      "-shared",
                      "-fPIC",
                      "-O2",
                      "-o",
                      library.toString(),
                      source.toString(),
                      "-ldl"))
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new TargetException("the shim cannot be built: " + said.strip());
      }
      return new ShimLibrary(library);
    } catch (IOException e) {
      throw new TargetException("the shim cannot be built in " + directory + ": " + e, e);
    }
  }

  /** What a process has to find in its environment to obey this file. */
  Map<String, String> environment(Path control) {
    return Map.of("LD_PRELOAD", library.toString(), "SHARDQUAKE_SHIM", control.toString());
  }
}
