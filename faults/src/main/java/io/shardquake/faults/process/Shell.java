package io.shardquake.faults.process;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Runs a short command to its end. */
final class Shell {
  private static final long BOUND_SECONDS = 10;

  private Shell() {}

  /** A command's exit status and what it printed, both streams, without the ends' white space. */
  record Answer(int status, String output) {}

  static Answer run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(
            command[0] + " has not ended within " + BOUND_SECONDS + " s and was given up");
      }
      byte[] output = process.getInputStream().readAllBytes();
      return new Answer(process.exitValue(), new String(output, StandardCharsets.UTF_8).strip());
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(command[0] + " was not waited for: interrupted");
    } finally {
      process.destroyForcibly();
    }
  }
}
