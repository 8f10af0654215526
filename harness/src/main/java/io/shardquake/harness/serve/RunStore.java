package io.shardquake.harness.serve;

import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Verdict;
import io.shardquake.harness.certify.Certificate;
import io.shardquake.harness.certify.CertificateJson;
import io.shardquake.harness.conformance.Outcome;
import io.shardquake.harness.store.RunDirectory;
import io.shardquake.harness.store.StoreException;
import io.shardquake.reports.SavedVerdict;
import io.shardquake.reports.VerdictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The runs and certificates that lie in a directory. Read anew whenever it is asked, so that what
 * has come since is there. Thread-safe.
 */
final class RunStore {
  private final Path root;

  /**
   * @param root whose subdirectories are runs and certificates
   */
  RunStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  Path root() {
    return root;
  }

  /**
   * All of them, the newest first.
   *
   * @throws StoreException if the directory cannot be read
   */
  List<StoredRun> list() throws StoreException {
    try (Stream<Path> entries = Files.list(root)) {
      List<StoredRun> runs = new ArrayList<>();
      for (Path path :
          entries
              .filter(it -> Files.isDirectory(it, LinkOption.NOFOLLOW_LINKS))
              .sorted(Comparator.comparing(Path::getFileName).reversed())
              .toList()) {
        read(path).ifPresent(runs::add);
      }
      return runs;
    } catch (IOException e) {
      throw StoreException.reading(root, e);
    }
  }

  /** The one of this name; empty if there is none. */
  Optional<StoredRun> named(String name) {
    Path path = root.resolve(name).normalize();
    boolean direct = root.equals(path.getParent()) && path.getFileName().toString().equals(name);
    return direct && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
        ? read(path)
        : Optional.empty();
  }

  /**
   * A file of a run.
   *
   * @param relative its path from the run's directory
   * @return empty if there is no such file, or it lies elsewhere, be it by a link
   */
  static Optional<Path> file(StoredRun run, String relative) {
    try {
      Path real = run.path().resolve(relative).toRealPath();
      return real.startsWith(run.path().toRealPath()) && Files.isRegularFile(real)
          ? Optional.of(real)
          : Optional.empty();
    } catch (IOException | InvalidPathException absent) {
      return Optional.empty();
    }
  }

  /**
   * The files of a run, by their paths from its directory, in order.
   *
   * @throws StoreException if the directory cannot be read
   */
  static List<Path> files(StoredRun run) throws StoreException {
    try (Stream<Path> files = Files.walk(run.path())) {
      return files
          .filter(it -> Files.isRegularFile(it, LinkOption.NOFOLLOW_LINKS))
          .map(run.path()::relativize)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw StoreException.reading(run.path(), e);
    }
  }

  private static Optional<StoredRun> read(Path path) {
    if (Files.isRegularFile(path.resolve(CertificateJson.FILE))) {
      return Optional.of(certificate(path));
    }
    if (Files.isRegularFile(path.resolve(new VerdictJson().fileName()))) {
      return Optional.of(judged(path));
    }
    return Files.isRegularFile(new RunDirectory(path).history())
        ? Optional.of(unjudged(path, StoredRun.Kind.RUN, "shardquake check judges it"))
        : Optional.empty();
  }

  private static StoredRun unjudged(Path path, StoredRun.Kind kind, String why) {
    return new StoredRun(
        path.getFileName().toString(), path, kind, Optional.empty(), why, Map.of(), List.of());
  }

  private static StoredRun judged(Path path) {
    try {
      SavedVerdict saved = new VerdictJson().read(path.resolve(new VerdictJson().fileName()));
      Map<String, String> facts = new LinkedHashMap<>();
      facts.put("name", saved.run().name());
      facts.put("target", saved.run().target());
      facts.put("server", saved.run().server());
      facts.put("contract", saved.run().contract());
      facts.put("seed", saved.run().seed().map(String::valueOf).orElse(""));
      facts.put("start", saved.run().start().map(String::valueOf).orElse(""));
      facts.put(
          "duration",
          String.format(Locale.ROOT, "%.1f s", saved.run().duration().toMillis() / 1000.0));
      facts.put("operations", String.format(Locale.ROOT, "%,d", saved.operations()));
      facts.put("faults planned", Integer.toString(saved.run().plan().size()));
      saved.run().versions().forEach(facts::put);
      facts.put("command", saved.run().commandLine());
      facts.values().removeIf(String::isEmpty);
      return new StoredRun(
          path.getFileName().toString(),
          path,
          StoredRun.Kind.RUN,
          Optional.of(saved.verdict().validity()),
          saved.verdict().reason(),
          facts,
          findings(saved.verdict()).toList());
    } catch (IOException unreadable) {
      return unjudged(path, StoredRun.Kind.RUN, unreadable.getMessage());
    }
  }

  private static Stream<Finding> findings(Verdict verdict) {
    return Stream.concat(
        verdict.findings().stream(), verdict.parts().stream().flatMap(RunStore::findings));
  }

  private static StoredRun certificate(Path path) {
    try {
      Certificate certificate = CertificateJson.read(path).certificate();
      Certificate.Subject subject = certificate.subject();
      Map<String, String> facts = new LinkedHashMap<>();
      facts.put("server", subject.toString());
      facts.put("target", subject.target());
      facts.put("profile", subject.profile());
      facts.put("level", subject.level());
      facts.put("start", subject.date());
      facts.put("configuration", subject.configuration());
      for (Outcome outcome : Outcome.values()) {
        facts.put("promises " + outcome, Long.toString(certificate.count(outcome)));
      }
      facts.put("experiments", Integer.toString(certificate.trials().size()));
      return new StoredRun(
          path.getFileName().toString(),
          path,
          StoredRun.Kind.CERTIFICATE,
          Optional.of(certificate.validity()),
          broken(certificate),
          facts,
          List.of());
    } catch (StoreException unreadable) {
      return unjudged(path, StoredRun.Kind.CERTIFICATE, unreadable.getMessage());
    }
  }

  private static String broken(Certificate certificate) {
    List<String> broken =
        certificate.promises().stream()
            .filter(entry -> entry.outcome() == Outcome.BROKEN)
            .map(Certificate.PromiseEntry::id)
            .toList();
    return broken.isEmpty() ? "no promise was broken" : "broken: " + String.join(", ", broken);
  }
}
