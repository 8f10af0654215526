package io.shardquake.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher at the root, as users start it. */
class LauncherIT {
  @TempDir Path directory;

  @Test
  void tellsItsVersion() throws Exception {
    try (Program program = Program.launcher(directory, "--version")) {
      assertThat(program.exitCode()).as(program.err()).isZero();
      assertThat(program.out()).startsWith("shardquake 0.");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run --target none | there are reference, redis, mixed, container and external",
        "node --no-such-directive yes | no-such-directive: Bad directive",
        "node none.conf | there is no configuration file none.conf",
        "node --port seven | port: argument couldn't be parsed into an integer",
        "run --target redis --time soon | not a length of time",
        "run --target redis --server /nonexistent | does not exist",
        "check none.jsonl | none.jsonl does not exist",
        "report none | none does not exist",
        "quake | quake",
      })
  void passesOnTheExitCodeForWrongUsage(String arguments, String reason) throws Exception {
    try (Program program = Program.launcher(directory, arguments.strip().split(" "))) {
      assertThat(program.exitCode()).isEqualTo(64);
      assertThat(program.err()).contains(reason).hasLineCount(1);
      assertThat(program.out()).isEmpty();
    }
  }

  @Test
  void passesOnTheExitCodeForAPlaceThatCannotBeWritten() throws Exception {
    Files.createFile(directory.resolve("file"));
    try (Program program =
        Program.launcher(directory, "run", "--target", "redis", "--dir", "file")) {
      assertThat(program.exitCode()).isEqualTo(70);
      assertThat(program.err()).contains("cannot write file/").hasLineCount(1);
    }
  }
}
