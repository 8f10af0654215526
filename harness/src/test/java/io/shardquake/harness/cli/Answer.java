package io.shardquake.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a command line came to, carried out in this process.
 *
 * @param command its words
 * @param code the exit code
 * @param out what it printed
 * @param err what it complained of
 */
public record Answer(List<String> command, int code, String out, String err) {
  public static Answer to(List<String> command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false);
    int code = CommandLines.execute(console, command.toArray(String[]::new));
    return new Answer(
        command, code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Fails, with all that was printed, unless the exit code is this one. */
  public Answer exits(int expected) {
    assertThat(code).as("%s:%n%s%s", String.join(" ", command), out, err).isEqualTo(expected);
    return this;
  }

  /** Fails unless all of this was printed. */
  public Answer says(String... texts) {
    assertThat(out + err).as(String.join(" ", command)).contains(texts);
    return this;
  }
}
