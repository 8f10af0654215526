package io.shardquake.harness.target;

import io.shardquake.faults.disk.NodeFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** The files of a node that is a process of this machine, in its directory. */
final class DirectoryFiles implements NodeFiles {
  private static final String CONFIGURATION = "nodes.conf";
  private static final String KEPT = "nodes.conf.kept";
  private static final String FORMED = "nodes.conf.formed";

  private final Path directory;
  private final Optional<ShimControl> shim;
  private final Executor executor;

  /**
   * @param directory the node's
   * @param executor does the work on files
   */
  DirectoryFiles(Path directory, Optional<ShimControl> shim, Executor executor) {
    this.directory = directory;
    this.shim = shim;
    this.executor = executor;
  }

  /** Remembers {@code nodes.conf} as that of the cluster's first moment, if there is one. */
  void rememberFormation() throws IOException {
    if (Files.exists(directory.resolve(CONFIGURATION))) {
      copy(CONFIGURATION, FORMED);
    }
  }

  @Override
  public CompletableFuture<String> cutLog(int bytes) {
    return perform(
        () -> {
          Path log = newestLog();
          long length = Files.size(log);
          if (length < bytes) {
            throw new IOException(log.getFileName() + " has " + length + " bytes only");
          }
          truncate(log, length - bytes);
          return "the last " + bytes + " of " + length + " bytes were cut off " + log.getFileName();
        });
  }

  @Override
  public CompletableFuture<String> removeConfiguration() {
    return perform(
        () -> {
          Files.move(
              directory.resolve(CONFIGURATION),
              directory.resolve(KEPT),
              StandardCopyOption.REPLACE_EXISTING);
          return CONFIGURATION + " was taken away";
        });
  }

  @Override
  public CompletableFuture<String> ageConfiguration() {
    return perform(
        () -> {
          if (Files.mismatch(directory.resolve(CONFIGURATION), directory.resolve(FORMED)) < 0) {
            throw new IOException(CONFIGURATION + " has not changed since the cluster was formed");
          }
          copy(CONFIGURATION, KEPT);
          copy(FORMED, CONFIGURATION);
          return CONFIGURATION + " became that of the cluster's first moment";
        });
  }

  @Override
  public CompletableFuture<String> restoreConfiguration() {
    return perform(
        () -> {
          copy(KEPT, CONFIGURATION);
          return CONFIGURATION + " is the former one again";
        });
  }

  @Override
  public CompletableFuture<String> loseUnsynced() {
    return perform(
        () -> {
          Map<Long, Long> synced =
              shim.orElseThrow(() -> new IOException("no shim tells what was synced")).synced();
          long lost = 0;
          for (Path log : logs()) {
            long inode = ((Number) Files.getAttribute(log, "unix:ino")).longValue();
            long length = Files.size(log);
            // What was never synced may be gone altogether.
            long kept = Math.min(length, synced.getOrDefault(inode, 0L));
            if (kept < length) {
              truncate(log, kept);
              lost += length - kept;
            }
          }
          return lost + " bytes of the log that had not been synced were lost";
        });
  }

  private Path newestLog() throws IOException {
    return logs().stream()
        .filter(log -> log.getFileName().toString().endsWith(".incr.aof"))
        .max(Comparator.comparingLong(log -> log.toFile().lastModified()))
        .orElseThrow(() -> new IOException("there is no append-only file"));
  }

  /** The parts of the append-only log: what is written as commands are executed. */
  private List<Path> logs() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("appendonlydir"))) {
      return files.filter(file -> file.getFileName().toString().endsWith(".aof")).toList();
    }
  }

  private static void truncate(Path file, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }

  private void copy(String from, String to) throws IOException {
    Files.copy(directory.resolve(from), directory.resolve(to), StandardCopyOption.REPLACE_EXISTING);
  }

  private interface Work {
    String perform() throws IOException;
  }

  private CompletableFuture<String> perform(Work work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return work.perform();
          } catch (IOException e) {
            throw new CompletionException(OneLine.of(e), e);
          }
        },
        executor);
  }
}
