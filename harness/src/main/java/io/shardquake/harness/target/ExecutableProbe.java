package io.shardquake.harness.target;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks an executable which server it is, by {@code --version}, and takes its digest. */
final class ExecutableProbe {
  private static final long LIMIT_SECONDS = 10;

  /** {@code Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=ae4d...} */
  private static final Pattern VERSION =
      Pattern.compile("(\\w+) server v(?:=|ersion )(\\d+\\.\\d+[\\w.-]*)(?:.*\\bbuild=(\\w+))?");

  private ExecutableProbe() {}

  /**
   * @throws TargetException if it cannot be run, is no Redis-compatible server, or is too old for
   *     clusters
   */
  static ServerExecutable probe(Path file) throws TargetException, InterruptedException {
    Path path = file.toAbsolutePath().normalize();
    if (!Files.exists(path)) {
      throw new TargetException(path + " does not exist: name a redis-server executable");
    }
    if (Files.isDirectory(path) || !Files.isExecutable(path)) {
      throw new TargetException(
          path + " is not an executable file: name a redis-server executable");
    }
    ServerDescription described =
        described(versionOf(path), path.toString(), digest(path), path.toString());
    return new ServerExecutable(path, ServerVersion.parse(described.version()), described);
  }

  /**
   * What a server is by its answer to {@code --version}.
   *
   * @param what to call it in messages
   * @throws TargetException if it is no Redis-compatible server, or too old for clusters
   */
  static ServerDescription described(String answer, String what, String digest, String origin)
      throws TargetException {
    Matcher matcher = VERSION.matcher(answer);
    if (!matcher.find()) {
      throw new TargetException(
          what
              + " is not a Redis-compatible server: to --version it answers '"
              + answer.lines().findFirst().orElse("")
              + "'");
    }
    String version = matcher.group(2);
    if (!ServerVersion.parse(version).isAtLeast(3, 0)) {
      throw new TargetException(
          what + " is version " + version + " and has no cluster mode: 3.0 or later is needed");
    }
    String build = matcher.group(3) == null ? "" : matcher.group(3);
    return new ServerDescription(
        matcher.group(1).toLowerCase(Locale.ROOT), version, build, digest, origin);
  }

  private static String versionOf(Path path) throws TargetException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(path.toString(), "--version").redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new TargetException(path + " cannot be run: " + e.getMessage(), e);
    }
    try (InputStream output = process.getInputStream()) {
      process.getOutputStream().close();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new TargetException(
            path + " is not a Redis-compatible server: it does not answer --version");
      }
      return new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new TargetException(path + " cannot be asked for its version: " + e.getMessage(), e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String digest(Path path) throws TargetException {
    try (InputStream content = Files.newInputStream(path)) {
      return Sha256.of(content);
    } catch (IOException e) {
      throw new TargetException(path + " cannot be read: " + e.getMessage(), e);
    }
  }
}
