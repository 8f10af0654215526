package io.shardquake.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.harness.target.Redis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CertifyIT {
  @TempDir Path directory;

  private Program certify(String... words) throws Exception {
    return Program.jar(
        directory, Stream.concat(Stream.of("certify"), Stream.of(words)).toArray(String[]::new));
  }

  @Test
  @Tag("redis")
  void aCertificateIsWrittenAndCanBeCheckedAndCompared() throws Exception {
    Redis.assumeInstalled();
    try (Program program = certify("--target", "redis", "--only", "A0,B06,B07,B08")) {
      assertThat(program.exitCode()).as(program.err()).isZero();
      assertThat(program.out()).contains(": VALID; 11 kept, 0 broken");
    }
    Path certificate = directory.resolve("certificates/latest");
    assertThat(certificate.resolve("certificate.html")).isNotEmptyFile();
    assertThat(certificate.resolve("badge.svg")).isNotEmptyFile();
    try (Program program = certify("--verify", certificate.toString())) {
      assertThat(program.exitCode()).as(program.out()).isZero();
    }
    try (Program program = certify("--compare", certificate.toString(), certificate.toString())) {
      assertThat(program.exitCode()).isZero();
      assertThat(program.out()).contains("no difference");
    }
    Files.writeString(certificate.resolve("evidence/B07.txt"), "something else\n");
    try (Program program = certify("--verify", certificate.toString())) {
      assertThat(program.exitCode()).isEqualTo(1);
      assertThat(program.out()).contains("B07: its evidence was changed");
    }
  }

  @Test
  void whatMakesNoSenseIsRefusedInOneLine() throws Exception {
    for (List<String> words :
        List.of(
            List.of("--level", "extreme"),
            List.of("--profile", "redis-5"),
            List.of("--verify", "nowhere.json"),
            List.of("--server", "/nowhere"))) {
      try (Program program = certify(words.toArray(String[]::new))) {
        assertThat(program.exitCode()).as(words.toString()).isEqualTo(64);
        assertThat(program.err().lines()).hasSize(1);
      }
    }
  }
}
