package io.shardquake.harness.certify;

import io.shardquake.faults.nemesis.FaultCatalogue;
import io.shardquake.harness.conformance.ConformanceRun;
import io.shardquake.harness.conformance.Outcome;
import io.shardquake.harness.conformance.Profile;
import io.shardquake.harness.conformance.PromiseResult;
import io.shardquake.harness.conformance.bench.Stand;
import io.shardquake.harness.conformance.suite.Suite;
import io.shardquake.harness.experiment.HarnessVersion;
import io.shardquake.harness.experiment.RunObserver;
import io.shardquake.harness.interpreter.StopSignal;
import io.shardquake.harness.store.RunDirectory;
import io.shardquake.harness.store.StoreException;
import io.shardquake.harness.target.ClusterOptions;
import io.shardquake.harness.target.RunningCluster;
import io.shardquake.harness.target.ServerDescription;
import io.shardquake.harness.target.Target;
import io.shardquake.harness.target.TargetException;
import io.shardquake.node.core.defect.Defect;
import io.shardquake.workloads.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Tests a target and writes its certificate, with all evidence beside it. */
public final class Certification {
  private static final String CLUSTERS = "clusters";

  private final Order order;
  private final StopSignal stop;
  private final RunObserver observer;
  private final Consumer<PromiseResult> listener;

  /**
   * What is to be certified.
   *
   * @param profile what to hold it to; empty for what is usual for the server
   * @param only identifiers of promises, or their beginnings; empty for all
   * @param commandLine that certifies again
   */
  public record Order(
      Target target,
      ClusterOptions cluster,
      Workload workload,
      FaultCatalogue faults,
      Level level,
      Optional<Profile> profile,
      List<String> only,
      String commandLine) {}

  /**
   * @param stop ends it before the next experiment
   * @param observer told how experiments go
   * @param listener told of each promise
   */
  public Certification(
      Order order, StopSignal stop, RunObserver observer, Consumer<PromiseResult> listener) {
    this.order = order;
    this.stop = stop;
    this.observer = observer;
    this.listener = listener;
  }

  /**
   * Does it.
   *
   * @param directory for the certificate; it exists
   * @throws TargetException if no cluster can be started at all
   */
  public Certificate run(Path directory, Instant start)
      throws TargetException, StoreException, IOException, InterruptedException {
    ServerDescription server = server(directory);
    Profile profile = order.profile().orElseGet(() -> Profile.usualFor(server));
    observer.remark(server + ", held to the profile " + profile.name());
    List<PromiseResult> results = promises(directory, profile);
    List<Certificate.TrialEntry> trials =
        order.only().isEmpty()
            ? new ChaosSuite(
                    order.target(),
                    order.cluster(),
                    order.workload(),
                    order.faults(),
                    stop,
                    observer)
                .run(order.level(), directory, order.commandLine())
            : List.of();
    List<Certificate.PromiseEntry> entries = new ArrayList<>();
    Map<String, List<String>> evidence = new LinkedHashMap<>();
    for (PromiseResult result : results) {
      entries.add(entry(result, directory));
      evidence.put(result.promise().id(), result.evidence());
    }
    Certificate certificate = new Certificate(subject(server, profile, start), entries, trials);
    write(certificate, evidence, directory);
    if (certificate.count(Outcome.BROKEN) == 0) {
      deleteNodeData(directory.resolve(CLUSTERS));
    }
    return certificate;
  }

  /** Of clusters whose tests found nothing the logs are enough. */
  private static void deleteNodeData(Path clusters) throws IOException {
    try (Stream<Path> each = Files.list(clusters)) {
      each.forEach(cluster -> new RunDirectory(cluster).deleteNodeData());
    }
  }

  /** Which server it is: asked of a cluster that is started and ended again. */
  private ServerDescription server(Path directory)
      throws TargetException, InterruptedException, StoreException {
    Path first = nodes(directory);
    long start = System.nanoTime();
    try (RunningCluster cluster =
        order.target().start(order.cluster(), first, () -> System.nanoTime() - start)) {
      return cluster.serverDescription();
    }
  }

  private static Path nodes(Path directory) throws StoreException {
    Path nodes = directory.resolve(CLUSTERS).resolve("first");
    try {
      return Files.createDirectories(nodes);
    } catch (IOException e) {
      throw StoreException.writing(nodes, e);
    }
  }

  private List<PromiseResult> promises(Path directory, Profile profile) {
    try (Stand stand =
        new Stand(
            order.target(), order.cluster(), directory.resolve(CLUSTERS), profile, listener)) {
      return new ConformanceRun(Suite.CLASSES).run(order.only(), stand);
    }
  }

  private static Certificate.PromiseEntry entry(PromiseResult result, Path directory)
      throws IOException, StoreException {
    String id = result.promise().id();
    if (result.evidence().isEmpty()) {
      return new Certificate.PromiseEntry(id, result.outcome(), result.detail(), "", "");
    }
    Path file = Files.createDirectories(directory.resolve("evidence")).resolve(id + ".txt");
    RunDirectory.writeWhole(file, String.join("\n", result.evidence()) + "\n");
    return new Certificate.PromiseEntry(
        id,
        result.outcome(),
        result.detail(),
        directory.relativize(file).toString(),
        Digests.of(List.of(file)));
  }

  private Certificate.Subject subject(ServerDescription server, Profile profile, Instant start) {
    ClusterOptions cluster = order.cluster();
    String configuration =
        cluster.masters()
            + " masters, "
            + cluster.replicasPerMaster()
            + " replicas each, node timeout "
            + cluster.nodeTimeout().toMillis()
            + " ms"
            + (cluster.defects().isEmpty()
                ? ""
                : "; with the defects "
                    + String.join(", ", cluster.defects().stream().map(Defect::title).toList()))
            + (cluster.directives().isEmpty()
                ? ""
                : "; " + String.join("; ", cluster.directives()));
    return new Certificate.Subject(
        server.product(),
        server.version(),
        server.build(),
        server.sha256(),
        order.target().name(),
        configuration,
        profile.name(),
        order.level().toString(),
        start.truncatedTo(ChronoUnit.SECONDS).toString(),
        HarnessVersion.NUMBER);
  }

  private static void write(
      Certificate certificate, Map<String, List<String>> evidence, Path directory)
      throws StoreException {
    RunDirectory.writeWhole(
        directory.resolve(CertificateJson.FILE), CertificateJson.render(certificate));
    RunDirectory.writeWhole(
        directory.resolve("certificate.html"), CertificatePage.render(certificate, evidence));
    RunDirectory.writeWhole(directory.resolve("badge.svg"), Badge.render(certificate));
  }
}
