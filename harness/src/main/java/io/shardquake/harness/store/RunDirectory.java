package io.shardquake.harness.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one run is kept: {@code <root>/<UTC time>-<name>/}, with {@code <root>/latest} pointing to
 * the newest. Immutable.
 *
 * @param path of the directory
 */
public record RunDirectory(Path path) {
  /** The name of the link to the newest run. */
  public static final String LATEST = "latest";

  private static final Logger LOG = LoggerFactory.getLogger(RunDirectory.class);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int RUNS_WITHIN_A_SECOND = 1000;

  /**
   * Makes a new, empty directory for a run.
   *
   * @param root where runs are kept; made if it is missing
   * @param name of the experiment; what a file name cannot hold becomes a dash
   * @param start when the run began
   * @throws StoreException if it cannot be made
   */
  public static RunDirectory create(Path root, String name, Instant start) throws StoreException {
    Path wanted = root.resolve(STAMP.format(start) + "-" + fileName(name));
    try {
      Files.createDirectories(root);
      RunDirectory directory = new RunDirectory(unused(wanted));
      Files.createDirectory(directory.logs());
      return directory;
    } catch (IOException e) {
      throw StoreException.writing(wanted, e);
    }
  }

  /**
   * An existing run, under its own name.
   *
   * @param path a run directory or a link to one
   * @throws StoreException if it holds no history
   */
  public static RunDirectory open(Path path) throws StoreException {
    if (!Files.exists(path)) {
      throw new StoreException(path + " does not exist");
    }
    RunDirectory directory = new RunDirectory(target(path));
    if (!Files.isRegularFile(directory.history())) {
      throw new StoreException(
          path + " is not a run directory: it has no " + directory.history().getFileName());
    }
    return directory;
  }

  /** All that is needed to run it again. */
  public Path experiment() {
    return path.resolve("experiment.json");
  }

  /** What clients asked and were told. */
  public Path history() {
    return path.resolve("history.jsonl");
  }

  /** What was broken, when and where. */
  public Path faults() {
    return path.resolve("faults.jsonl");
  }

  /** What the nodes said about the cluster. */
  public Path topology() {
    return path.resolve("topology.jsonl");
  }

  /**
   * What was judged while a simulation ran, of what no recording shows: there in simulated runs.
   */
  public Path observed() {
    return path.resolve("observed.json");
  }

  /** The harness's log and the nodes' logs. */
  public Path logs() {
    return path.resolve("logs");
  }

  /** The harness's own log. */
  public Path harnessLog() {
    return logs().resolve("harness.log");
  }

  /**
   * What the nodes themselves kept: configuration, append-only files, their idea of the cluster.
   */
  public Path nodeData() {
    return path.resolve("nodes");
  }

  /** Removes the nodes' data, as far as that is possible: nothing of the recording rests on it. */
  public void deleteNodeData() {
    if (!Files.isDirectory(nodeData())) {
      return;
    }
    try (Stream<Path> files = Files.walk(nodeData())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("some of the nodes' data is left in {}: {}", nodeData(), e.getMessage());
    }
  }

  /**
   * Lets {@code latest} beside this directory point to it. Where links cannot be made (some file
   * systems have none) the run is kept without.
   */
  public boolean markLatest() {
    Path link = path.resolveSibling(LATEST);
    Path fresh = path.resolveSibling("." + LATEST + "-" + path.getFileName());
    try {
      Files.deleteIfExists(fresh);
      Files.createSymbolicLink(fresh, path.getFileName());
      Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /**
   * Writes a text file as a whole: afterwards it holds {@code text} or, if this fails, what it held
   * before.
   *
   * @throws StoreException if it cannot be written
   */
  public static void writeWhole(Path file, String text) throws StoreException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(
          fresh,
          text,
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw StoreException.writing(file, e);
    }
  }

  /** What {@code latest} points to now, since it may point elsewhere later. */
  private static Path target(Path path) throws StoreException {
    try {
      return Files.isSymbolicLink(path)
          ? path.resolveSibling(Files.readSymbolicLink(path)).normalize()
          : path;
    } catch (IOException e) {
      throw StoreException.reading(path, e);
    }
  }

  private static Path unused(Path wanted) throws IOException {
    for (int attempt = 1; ; attempt++) {
      Path path =
          attempt == 1 ? wanted : wanted.resolveSibling(wanted.getFileName() + "-" + attempt);
      try {
        return Files.createDirectory(path);
      } catch (FileAlreadyExistsException e) {
        if (attempt == RUNS_WITHIN_A_SECOND) {
          throw e;
        }
      }
    }
  }

  private static String fileName(String name) {
    return name.replaceAll("[^A-Za-z0-9._-]+", "-");
  }
}
