package io.shardquake.harness.certify;

import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.harness.experiment.ExperimentJson;
import io.shardquake.harness.experiment.ExperimentRecord;
import io.shardquake.harness.judge.RunReview;
import io.shardquake.harness.store.RunDirectory;
import io.shardquake.harness.store.StoreException;
import io.shardquake.workloads.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Whether a certificate is what it says: its digest, the digests of its evidence, and the verdicts
 * on its recorded histories, judged again.
 *
 * @param validity INVALID if something is not as it says, UNKNOWN if something is not there
 * @param lines what was found, in words
 */
public record CertificateCheck(Validity validity, List<String> lines) {
  public CertificateCheck {
    lines = List.copyOf(lines);
  }

  /**
   * Checks the certificate in this file, and what lies beside it.
   *
   * @param workloads finds a workload by its name
   * @throws StoreException if there is no certificate
   * @throws IOException if evidence cannot be read
   */
  public static CertificateCheck of(Path file, Function<String, Workload> workloads)
      throws IOException, StoreException {
    CertificateJson.Read read = CertificateJson.read(file);
    Path beside = Files.isDirectory(file) ? file : file.toAbsolutePath().getParent();
    Check check = new Check(beside, workloads);
    check.require(
        read.certificate().digest().equals(read.digest()),
        "the digest of the certificate",
        "the certificate was changed: its digest is not " + read.digest());
    for (Certificate.PromiseEntry entry : read.certificate().promises()) {
      check.promise(entry);
    }
    for (Certificate.TrialEntry trial : read.certificate().trials()) {
      check.trial(trial);
    }
    check.tellMissing();
    check.lines.add(
        check.sound
            + " digests and verdicts are as the certificate says, "
            + check.absent.size()
            + " pieces of evidence are not at hand");
    return new CertificateCheck(check.validity, check.lines);
  }

  private static final class Check {
    private final Path beside;
    private final Function<String, Workload> workloads;
    private final List<String> lines = new ArrayList<>();
    private Validity validity = Validity.VALID;
    private final List<String> absent = new ArrayList<>();
    private int sound;

    Check(Path beside, Function<String, Workload> workloads) {
      this.beside = beside;
      this.workloads = workloads;
    }

    void require(boolean condition, String what, String otherwise) {
      if (condition) {
        sound++;
      } else {
        lines.add(what + ": " + otherwise);
        validity = validity.and(Validity.INVALID);
      }
    }

    private boolean isThere(Path file, String what) {
      if (Files.exists(file)) {
        return true;
      }
      absent.add(what);
      validity = validity.and(Validity.UNKNOWN);
      return false;
    }

    /** One line for all: a certificate that is passed on alone has none of its evidence. */
    void tellMissing() {
      if (!absent.isEmpty()) {
        lines.add(
            "not at hand in "
                + beside
                + ": the evidence of "
                + String.join(", ", absent)
                + "; evidence/ and experiments/ have to lie beside the certificate");
      }
    }

    void promise(Certificate.PromiseEntry entry) throws IOException {
      if (entry.evidence().isEmpty()) {
        return;
      }
      Path file = beside.resolve(entry.evidence());
      if (isThere(file, entry.id())) {
        require(
            Digests.of(List.of(file)).equals(entry.sha256()),
            entry.id(),
            "its evidence was changed");
      }
    }

    void trial(Certificate.TrialEntry trial) throws IOException, StoreException {
      Path run = beside.resolve(trial.run());
      if (!isThere(run, trial.name())) {
        return;
      }
      RunDirectory directory = RunDirectory.open(run);
      require(
          ChaosSuite.digest(directory).equals(trial.sha256()),
          trial.name(),
          "its recordings were changed");
      ExperimentRecord written = ExperimentJson.read(directory.experiment());
      Validity again =
          RunReview.judge(
                  directory,
                  written,
                  workloads.apply(written.experiment().workload()),
                  Limits.DEFAULT)
              .verdict()
              .validity();
      require(
          again == trial.validity(),
          trial.name(),
          "judged again it is " + again + ", not " + trial.validity());
    }
  }
}
