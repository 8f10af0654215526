package io.shardquake.harness.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The tool as users start it: a process of its own, from the executable jar or the launcher. */
final class Program implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 180;

  private final Process process;
  private final Path out;
  private final Path err;

  private Program(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** The root of the repository. */
  static Path root() {
    return Path.of(System.getProperty("shardquake.root", "..")).toAbsolutePath().normalize();
  }

  /** Starts the executable jar; its output is kept below {@code directory}. */
  static Program jar(Path directory, String... arguments) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path jar = root().resolve("harness/target/shardquake-all.jar");
    return start(directory, List.of(java.toString(), "-jar", jar.toString()), arguments);
  }

  /** Starts the launcher; its output is kept below {@code directory}. */
  static Program launcher(Path directory, String... arguments) throws IOException {
    return start(directory, List.of(root().resolve("shardquake").toString()), arguments);
  }

  /** Starts the executable jar and gives it this to read. */
  static Program jarReading(Path directory, String input, String... arguments) throws IOException {
    Path file = Files.writeString(Files.createTempFile(directory, "program", ".in"), input);
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path jar = root().resolve("harness/target/shardquake-all.jar");
    return start(directory, file, List.of(java.toString(), "-jar", jar.toString()), arguments);
  }

  private static Program start(Path directory, List<String> program, String... arguments)
      throws IOException {
    return start(directory, Path.of("/dev/null"), program, arguments);
  }

  private static Program start(
      Path directory, Path input, List<String> program, String... arguments) throws IOException {
    Path out = Files.createTempFile(directory, "program", ".out");
    Path err = Files.createTempFile(directory, "program", ".err");
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(input.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new Program(process, out, err);
  }

  /** Waits for its end and tells its exit code. */
  int exitCode() throws InterruptedException, IOException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still running after " + PATIENCE_SECONDS + " s: " + err());
    }
    return process.exitValue();
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  /** Whether it would notice this signal, rather than having inherited to ignore it. */
  boolean heeds(int signal) throws IOException {
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
        .noneMatch(ignored -> (ignored >> (signal - 1) & 1) == 1);
  }

  /** Sends it a signal. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  /** Ends it, in good order if it will, and what it started with it. */
  @Override
  public void close() {
    process.destroy();
    process
        .onExit()
        .completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS)
        .thenAccept(Process::destroyForcibly)
        .join();
  }
}
