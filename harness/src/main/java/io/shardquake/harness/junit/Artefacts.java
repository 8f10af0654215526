package io.shardquake.harness.junit;

import java.nio.file.Path;
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

  private static String plain(String name) {
    return name.replaceAll("[^A-Za-z0-9._-]+", "-");
  }
}
