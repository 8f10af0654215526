package io.shardquake.node.server;

import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.resp.InlineWords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes a configuration from words like those of {@code redis-server}: {@code [file] [--name
 * value]...}. What comes later is stronger.
 */
final class ConfigurationWords {
  private final Configuration configuration;
  private final List<String> users = new ArrayList<>();

  ConfigurationWords(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * Takes all words.
   *
   * @return the configuration file, if one was named
   * @throws IllegalArgumentException whose one line says which word is wrong and why
   * @throws IOException if the file cannot be read, with the reason in one line
   */
  Optional<Path> take(List<String> words) throws IOException {
    int next = 0;
    Optional<Path> file = Optional.empty();
    if (!words.isEmpty() && !words.get(0).startsWith("--")) {
      file = Optional.of(Path.of(words.get(0)).toAbsolutePath());
      readFile(Path.of(words.get(0)));
      next = 1;
    }
    while (next < words.size()) {
      String name = words.get(next++);
      if (!name.startsWith("--")) {
        throw new IllegalArgumentException("expected --directive, found '" + name + "'");
      }
      List<String> value = new ArrayList<>();
      while (next < words.size() && !words.get(next).startsWith("--")) {
        value.add(words.get(next++));
      }
      set(name.substring(2), value, "--");
    }
    return file;
  }

  private void readFile(Path file) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no configuration file " + file, e);
    } catch (IOException e) {
      throw new IOException("cannot read the configuration file " + file + ": " + e, e);
    }
    for (int i = 0; i < lines.size(); i++) {
      byte[] line = lines.get(i).strip().getBytes(StandardCharsets.UTF_8);
      if (line.length == 0 || line[0] == '#') {
        continue;
      }
      List<byte[]> words = new ArrayList<>();
      String place = file + ":" + (i + 1) + ": ";
      if (!InlineWords.split(line, 0, line.length, words)) {
        throw new IllegalArgumentException(place + "unbalanced quotes");
      }
      List<String> texts =
          words.stream().map(word -> new String(word, StandardCharsets.UTF_8)).toList();
      set(texts.get(0), texts.subList(1, texts.size()), place);
    }
  }

  /** The lines that describe users. */
  List<String> users() {
    return List.copyOf(users);
  }

  private void set(String name, List<String> value, String place) {
    if (name.equalsIgnoreCase("user")) {
      users.add("user " + String.join(" ", value));
      return;
    }
    try {
      configuration.set(name, String.join(" ", value));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(place + name + ": " + e.getMessage(), e);
    }
  }
}
