package io.shardquake.harness.cli;

import io.shardquake.checkers.Validity;
import io.shardquake.harness.certify.Certificate;
import io.shardquake.harness.certify.CertificateCheck;
import io.shardquake.harness.certify.CertificateComparison;
import io.shardquake.harness.certify.CertificateJson;
import io.shardquake.harness.certify.Certification;
import io.shardquake.harness.certify.Level;
import io.shardquake.harness.conformance.Outcome;
import io.shardquake.harness.conformance.Profile;
import io.shardquake.harness.interpreter.StopSignal;
import io.shardquake.harness.store.RunDirectory;
import io.shardquake.harness.store.StoreException;
import io.shardquake.harness.target.ClusterOptions;
import io.shardquake.harness.target.OrphanCleanup;
import io.shardquake.workloads.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code shardquake certify}: what a server keeps of its promises, as a certificate. */
@Command(
    name = "certify",
    description =
        "Holds a server to the promises of Redis Cluster, and to a fixed set of experiments, and"
            + " writes a certificate with all evidence.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CertifyCommand implements Callable<Integer> {
  private final Console console;
  private final Shardquake shardquake;

  @Spec @Nullable CommandSpec spec;

  @Option(
      names = "--target",
      paramLabel = "NAME",
      defaultValue = "reference",
      description = "What to certify, as in run. (Default: ${DEFAULT-VALUE}.)")
  String target = "";

  @Option(
      names = "--server",
      paramLabel = "PATH",
      description = "The redis-server, or compatible, executable. (Default: found on the PATH.)")
  Optional<Path> server = Optional.empty();

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      defaultValue = "standard",
      description =
          "How many experiments, and how long: quick, standard, full. (Default: ${DEFAULT-VALUE}.)")
  String level = "";

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "What to hold it to: redis-6, redis-7, valkey-8, valkey-9. (Default: by the server's"
              + " product and version.)")
  Optional<String> profile = Optional.empty();

  @Option(
      names = "--only",
      paramLabel = "IDS",
      split = ",",
      description =
          "Test only these promises (B07), or those of these chapters (B), and run no experiments.")
  List<String> only = List.of();

  @Option(
      names = "--node-timeout",
      paramLabel = "TIME",
      defaultValue = "2s",
      converter = DurationConverter.class,
      description = "cluster-node-timeout of every node. (Default: ${DEFAULT-VALUE}.)")
  Duration nodeTimeout = Duration.ZERO;

  @Option(
      names = "--defect",
      paramLabel = "NAME",
      description =
          "A known defect that every reference node shall have, as node --list-defects names them;"
              + " may be repeated.")
  List<String> defects = List.of();

  @Option(
      names = "--directive",
      paramLabel = "LINE",
      description = "A further line for each node's configuration; may be repeated.")
  List<String> directives = List.of();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "certificates",
      description = "Where certificates are kept. (Default: ${DEFAULT-VALUE}.)")
  Path root = Path.of("");

  @Option(
      names = "--verify",
      paramLabel = "FILE",
      description =
          "Check a certificate instead: its digests, and the verdicts on its recorded histories.")
  Optional<Path> verify = Optional.empty();

  @Option(
      names = "--compare",
      arity = "2",
      paramLabel = "FILE",
      description = "Say instead what differs between two certificates.")
  List<Path> compare = List.of();

  @Option(names = "--json", description = "Print the certificate as JSON.")
  boolean json;

  CertifyCommand(Console console, Shardquake shardquake) {
    this.console = console;
    this.shardquake = shardquake;
  }

  @Override
  public Integer call() throws Exception {
    if (verify.isPresent()) {
      return verify(verify.get());
    }
    return compare.isEmpty() ? certify() : compare(compare.get(0), compare.get(1));
  }

  private int certify() throws Exception {
    Certification.Order order = order();
    OrphanCleanup.sweep(root).forEach(console.err()::println);
    Instant start = Instant.now();
    RunDirectory directory = RunDirectory.create(root, target, start);
    directory.markLatest();
    StopSignal stop = new StopSignal();
    Signals.raiseOnInterrupt(stop, console, "stopping after what goes on now");
    CertifyProgress progress = new CertifyProgress(console);
    HarnessLog log = HarnessLog.open(directory.harnessLog(), shardquake.debug);
    Certificate certificate;
    try {
      certificate =
          new Certification(order, stop, progress, progress::promise).run(directory.path(), start);
    } finally {
      log.close();
    }
    console.out().print(json ? CertificateJson.render(certificate) : text(certificate));
    console.err().println("certificate in " + directory.path());
    return ExitCode.of(certificate.validity()).number();
  }

  private Certification.Order order() throws UsageException {
    try {
      ClusterOptions cluster =
          ClusterOptions.DEFAULT
              .withNodeTimeout(nodeTimeout)
              .withDirectives(directives)
              .withDefects(DefectNames.parse(defects));
      if (!defects.isEmpty() && !target.equals("reference")) {
        throw new UsageException("only reference nodes can be given defects");
      }
      if (server.isPresent()) {
        if (!Files.isExecutable(server.get())) {
          throw new UsageException(server.get() + " is not executable: name a redis-server");
        }
        cluster = cluster.withServer(server.get().toAbsolutePath());
      }
      return new Certification.Order(
          Catalogue.target(target),
          cluster,
          Catalogue.workload("register"),
          Catalogue.faults(),
          Level.named(level),
          profile.map(Profile::named),
          only,
          CommandText.again(
              Objects.requireNonNull(spec).root().commandLine().getParseResult().originalArgs(),
              ""));
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private static String text(Certificate certificate) {
    StringBuilder text = new StringBuilder();
    certificate.promises().stream()
        .filter(entry -> entry.outcome() == Outcome.BROKEN)
        .forEach(
            entry ->
                text.append(entry.id()).append(" broken: ").append(entry.detail()).append('\n'));
    certificate.trials().stream()
        .filter(trial -> trial.validity() != Validity.VALID)
        .forEach(
            trial ->
                text.append("experiment ")
                    .append(trial.name())
                    .append(' ')
                    .append(trial.validity())
                    .append(": ")
                    .append(trial.reason())
                    .append('\n'));
    text.append(certificate.subject()).append(": ").append(certificate.validity()).append("; ");
    for (Outcome outcome : Outcome.values()) {
      text.append(certificate.count(outcome)).append(' ').append(outcome).append(", ");
    }
    return text.append(certificate.trials().size()).append(" experiments\n").toString();
  }

  private int verify(Path file) throws IOException, UsageException {
    try {
      CertificateCheck check = CertificateCheck.of(file, CertifyCommand::workload);
      check.lines().forEach(console.out()::println);
      console.out().println(check.validity());
      return ExitCode.of(check.validity()).number();
    } catch (StoreException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private static Workload workload(String name) {
    try {
      return Catalogue.workload(name);
    } catch (UsageException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private int compare(Path one, Path other) throws UsageException {
    try {
      console
          .out()
          .print(
              CertificateComparison.of(
                      CertificateJson.read(one).certificate(),
                      CertificateJson.read(other).certificate())
                  .text());
      return ExitCode.VALID.number();
    } catch (StoreException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }
}
