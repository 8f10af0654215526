package io.shardquake.harness.target;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The redis-server executable that the artefact {@code org.signal:embedded-redis} carries for some
 * platforms, statically linked, so that real Redis needs no installation.
 */
final class CarriedServer {
  private static final String VERSION = "7.0.15";

  private final Function<String, Optional<InputStream>> resources;
  private final String platform;

  /**
   * @param resources finds a resource by its absolute name
   * @param osName as in the system property {@code os.name}
   * @param osArch as in the system property {@code os.arch}
   */
  CarriedServer(Function<String, Optional<InputStream>> resources, String osName, String osArch) {
    this.resources = resources;
    this.platform = os(osName) + "-" + architecture(osArch);
  }

  /** Which platform it would have to fit, as in {@code linux-amd64}. */
  String platform() {
    return platform;
  }

  /**
   * Unpacks it below one of these directories, unless it is there already, under its digest.
   *
   * @param directories in the order of preference; the first that can be written to is used
   * @return the executable; empty if none is carried for this platform
   * @throws TargetException if no directory can be written to
   */
  Optional<Path> unpack(List<Path> directories) throws TargetException {
    String resource = "/redis-server-" + VERSION + "-" + platform;
    try {
      Optional<String> digest = digest(resource);
      return digest.isEmpty()
          ? Optional.empty()
          : Optional.of(unpack(resource, digest.get(), directories));
    } catch (IOException e) {
      throw new TargetException(
          "the redis-server carried along cannot be unpacked to any of "
              + directories
              + " ("
              + e.getMessage()
              + "): name an executable with --server",
          e);
    }
  }

  private Optional<String> digest(String resource) throws IOException {
    try (InputStream content = resources.apply(resource).orElse(InputStream.nullInputStream())) {
      String digest = Sha256.of(content);
      return digest.equals(Sha256.of(InputStream.nullInputStream()))
          ? Optional.empty()
          : Optional.of(digest);
    }
  }

  private Path unpack(String resource, String digest, List<Path> directories) throws IOException {
    IOException refusal = new IOException("no directory");
    for (Path directory : directories) {
      try {
        return unpack(resource, digest, directory.resolve(digest));
      } catch (IOException e) {
        refusal = e;
      }
    }
    throw refusal;
  }

  private Path unpack(String resource, String digest, Path directory) throws IOException {
    Path executable = directory.resolve("redis-server");
    if (Files.isExecutable(executable) && digest.equals(digestOf(executable))) {
      return executable;
    }
    Files.createDirectories(directory);
    // Unpacked beside and moved, so that a run that starts at the same time never sees half of it.
    Path unpacked = Files.createTempFile(directory, "redis-server", ".part");
    try (InputStream content = resources.apply(resource).orElseThrow()) {
      Files.copy(content, unpacked, StandardCopyOption.REPLACE_EXISTING);
      if (!unpacked.toFile().setExecutable(true)) {
        throw new IOException(unpacked + " cannot be made executable");
      }
      return Files.move(unpacked, executable, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unpacked);
    }
  }

  private static String digestOf(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      return Sha256.of(content);
    }
  }

  private static String os(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("mac") ? "darwin" : lower;
  }

  private static String architecture(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "amd64", "x86_64" -> "amd64";
      case "aarch64", "arm64" -> "arm64";
      case "x86", "i386", "i486", "i586", "i686" -> "386";
      default -> name;
    };
  }
}
