package io.shardquake.reports;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that readers see either as it was or complete, never half written. */
final class WholeFile {
  /** Writes the content. */
  interface Content {
    void writeTo(Writer writer) throws IOException;
  }

  private WholeFile() {}

  /**
   * Replaces {@code file} with what {@code content} writes, in UTF-8.
   *
   * @throws IOException if that fails, naming the file; {@code file} is then as it was
   */
  static void replace(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    Path draft = target.resolveSibling("." + target.getFileName() + ".draft");
    try {
      try (BufferedWriter writer = Files.newBufferedWriter(draft, StandardCharsets.UTF_8)) {
        content.writeTo(writer);
      }
      Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new IOException("cannot write " + target + ": " + e, e);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
