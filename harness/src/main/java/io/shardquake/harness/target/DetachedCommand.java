package io.shardquake.harness.target;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Puts a command into a session of its own, in the same process: what a terminal sends to the
 * harness (Ctrl-C, hang-up) must not reach the servers, which are still needed then, to heal and to
 * read back what they hold.
 */
final class DetachedCommand {
  private final List<String> prefix;

  private DetachedCommand(List<String> prefix) {
    this.prefix = prefix;
  }

  /**
   * @param searchPath as in the environment variable {@code PATH}; with neither {@code setsid} nor
   *     {@code perl} on it, commands stay as they are
   */
  static DetachedCommand foundOn(String searchPath) {
    return new DetachedCommand(
        find(searchPath, "setsid")
            .map(List::of)
            .or(
                () ->
                    find(searchPath, "perl")
                        .map(
                            perl ->
                                List.of(
                                    perl, "-e", "use POSIX; setsid(); exec { $ARGV[0] } @ARGV;")))
            .orElse(List.of()));
  }

  private static Optional<String> find(String searchPath, String name) {
    return Stream.of(searchPath.split(File.pathSeparator))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  List<String> of(List<String> command) {
    List<String> detached = new ArrayList<>(prefix);
    detached.addAll(command);
    return detached;
  }
}
