package io.shardquake.harness.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardquake.checkers.Validity;
import io.shardquake.harness.certify.Certificate.PromiseEntry;
import io.shardquake.harness.certify.Certificate.Subject;
import io.shardquake.harness.certify.Certificate.TrialEntry;
import io.shardquake.harness.conformance.Outcome;
import io.shardquake.harness.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CertificateTest {
  private static final Subject SUBJECT =
      new Subject(
          "redis", "7.0.15", "b", "d", "redis", "3 masters", "redis-7", "quick", "2026-01-01", "1");

  @TempDir Path directory;

  private static Certificate of(Outcome first, Outcome second, Validity trial) {
    return new Certificate(
        SUBJECT,
        List.of(
            new PromiseEntry("A01", first, "", "evidence/A01.txt", "1"),
            new PromiseEntry("B07", second, "why <b>", "", "")),
        List.of(new TrialEntry("kill", 101, trial, "reason", "experiments/x", "2")));
  }

  @Test
  void theWorstResultDecides() {
    assertThat(of(Outcome.KEPT, Outcome.NOT_APPLICABLE, Validity.VALID).validity())
        .isEqualTo(Validity.VALID);
    assertThat(of(Outcome.KEPT, Outcome.INCONCLUSIVE, Validity.VALID).validity())
        .isEqualTo(Validity.UNKNOWN);
    assertThat(of(Outcome.BROKEN, Outcome.INCONCLUSIVE, Validity.VALID).validity())
        .isEqualTo(Validity.INVALID);
    assertThat(of(Outcome.KEPT, Outcome.KEPT, Validity.INVALID).validity())
        .isEqualTo(Validity.INVALID);
  }

  @Test
  void nothingTestedIsUnknown() {
    Certificate nothing = of(Outcome.NOT_APPLICABLE, Outcome.NOT_APPLICABLE, Validity.VALID);
    assertThat(nothing.validity()).isEqualTo(Validity.UNKNOWN);
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    Certificate certificate = of(Outcome.KEPT, Outcome.BROKEN, Validity.VALID);
    Path file = directory.resolve(CertificateJson.FILE);
    Files.writeString(file, CertificateJson.render(certificate));

    CertificateJson.Read read = CertificateJson.read(directory);

    assertThat(read.certificate()).isEqualTo(certificate);
    assertThat(read.digest()).isEqualTo(certificate.digest());
  }

  @Test
  void whatIsNoCertificateIsRefusedInOneLine() throws Exception {
    Path file = directory.resolve("x.json");
    Files.writeString(file, "{\"format\": \"other\"}");

    assertThatThrownBy(() -> CertificateJson.read(file))
        .isInstanceOf(StoreException.class)
        .hasMessage(file + " is not a certificate: its format is not shardquake-certificate/1");
  }

  @Test
  void changedEvidenceIsFoundAndMissingEvidenceIsUnknown() throws Exception {
    Path evidence = Files.createDirectories(directory.resolve("evidence")).resolve("A01.txt");
    Files.writeString(evidence, "exchange\n");
    Certificate certificate =
        new Certificate(
            SUBJECT,
            List.of(
                new PromiseEntry(
                    "A01", Outcome.KEPT, "", "evidence/A01.txt", Digests.of(List.of(evidence)))),
            List.of());
    Path file = directory.resolve(CertificateJson.FILE);
    Files.writeString(file, CertificateJson.render(certificate));

    assertThat(check(file).validity()).isEqualTo(Validity.VALID);

    Files.writeString(evidence, "another exchange\n");
    assertThat(check(file).lines()).contains("A01: its evidence was changed");
    assertThat(check(file).validity()).isEqualTo(Validity.INVALID);

    Files.delete(evidence);
    assertThat(check(file).validity()).isEqualTo(Validity.UNKNOWN);
  }

  @Test
  void aCertificateThatWasMadeBetterIsFound() throws Exception {
    Path file = directory.resolve(CertificateJson.FILE);
    String honest = CertificateJson.render(of(Outcome.KEPT, Outcome.BROKEN, Validity.VALID));
    Files.writeString(file, honest.replace("\"outcome\" : \"broken\"", "\"outcome\" : \"kept\""));

    assertThat(check(file).validity()).isEqualTo(Validity.INVALID);
    assertThat(check(file).lines().get(0)).startsWith("the digest of the certificate: ");
  }

  private static CertificateCheck check(Path file) throws Exception {
    return CertificateCheck.of(
        file,
        name -> {
          throw new AssertionError("no experiment is judged again here");
        });
  }

  @Test
  void aComparisonNamesWhatDiffers() {
    CertificateComparison comparison =
        CertificateComparison.of(
            of(Outcome.KEPT, Outcome.KEPT, Validity.VALID),
            of(Outcome.KEPT, Outcome.BROKEN, Validity.UNKNOWN));

    assertThat(comparison.differences()).hasSize(2);
    assertThat(comparison.text())
        .startsWith("redis 7.0.15 against redis 7.0.15\nB07  kept -> broken  MIGRATING, multi-key")
        .contains("experiment kill  VALID -> UNKNOWN");
  }

  @Test
  void thePageShowsEveryPromiseAndEscapesWhatOthersChose() {
    String page =
        CertificatePage.render(
            of(Outcome.KEPT, Outcome.BROKEN, Validity.VALID),
            Map.of("A01", List.of("n1 <- GET <script>")));

    assertThat(page)
        .contains("id=\"A01\"", "id=\"B07\" open", "n1 &lt;- GET &lt;script&gt;", "why &lt;b&gt;")
        .contains("1 promises kept, 1 broken")
        .doesNotContain("<script>");
  }

  @Test
  void theBadgeTellsHowManyPromisesAreKept() {
    assertThat(Badge.render(of(Outcome.KEPT, Outcome.NOT_APPLICABLE, Validity.VALID)))
        .contains("1 of 1 promises kept", "VALID");
  }
}
