package io.shardquake.harness.target;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the server executable: the one that was named, else {@code redis-server} on the search
 * path, else the one carried along.
 */
final class ServerSearch {
  private static final String NAME = "redis-server";

  private final String searchPath;
  private final Path cache;
  private final CarriedServer carried;

  /**
   * @param searchPath as in the environment variable {@code PATH}
   * @param cache where to unpack the executable carried along
   */
  ServerSearch(String searchPath, Path cache, CarriedServer carried) {
    this.searchPath = searchPath;
    this.cache = cache;
    this.carried = carried;
  }

  /**
   * @param wanted the executable that the user named: a path, or a name on the search path
   * @param fallback where to unpack if the cache cannot be written to
   */
  ServerExecutable find(Optional<Path> wanted, Path fallback)
      throws TargetException, InterruptedException {
    if (wanted.isPresent()) {
      Path named = wanted.get();
      boolean bareName = named.getNameCount() == 1 && !named.isAbsolute() && !Files.exists(named);
      Optional<Path> found = bareName ? onSearchPath(named.toString()) : Optional.empty();
      return ExecutableProbe.probe(found.orElse(named));
    }
    Optional<Path> installed = onSearchPath(NAME);
    if (installed.isPresent()) {
      return ExecutableProbe.probe(installed.get());
    }
    return ExecutableProbe.probe(
        carried
            .unpack(List.of(cache, fallback))
            .orElseThrow(
                () ->
                    new TargetException(
                        "there is no redis-server on the PATH and none is carried along for "
                            + carried.platform()
                            + ": name an executable with --server")));
  }

  private Optional<Path> onSearchPath(String name) {
    return Stream.of(searchPath.split(File.pathSeparator))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, name))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }
}
