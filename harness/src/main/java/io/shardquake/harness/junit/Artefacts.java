package io.shardquake.harness.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Where tests leave what they recorded. */
final class Artefacts {
  /** The configuration parameter that names another directory. */
  static final String PARAMETER = "shardquake.artefacts";

  private Artefacts() {}

  /** The directory of a test class. */
  static Path of(ExtensionContext context) {
    Path root =
        Path.of(
            context
                .getConfigurationParameter(PARAMETER)
                .orElse(Path.of("target", "shardquake").toString()));
    return root.resolve(plain(context.getRequiredTestClass().getName())).toAbsolutePath();
  }

  /** Of a test: its method's name. */
  static String name(ExtensionContext context) {
    return plain(context.getRequiredTestMethod().getName());
  }

  /**
   * Removes a directory and all below it, if it is there.
   *
   * @throws UncheckedIOException if that cannot be done
   */
  static void remove(Path directory) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(directory + " cannot be removed", e);
    }
  }

  private static String plain(String name) {
    return name.replaceAll("[^A-Za-z0-9._-]+", "-");
  }
}
