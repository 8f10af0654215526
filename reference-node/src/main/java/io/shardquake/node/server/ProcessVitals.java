package io.shardquake.node.server;

import io.shardquake.node.core.Input;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Reads how this process does: from {@code /proc} where there is one, else from what the JVM knows.
 */
final class ProcessVitals {
  private static final Path PROC = Path.of("/proc/self");
  private static final long KILOBYTE = 1024;

  /** Linux shows processor time to programs in hundredths of a second. */
  private static final long MICROS_PER_TICK = 10_000;

  /** Fields of {@code /proc/self/stat} after the closing bracket of the name; see proc(5). */
  private static final int USER_TIME = 11;

  private static final int SYSTEM_TIME = 12;

  private ProcessVitals() {}

  static Input.Vitals read() {
    Runtime runtime = Runtime.getRuntime();
    long used = runtime.totalMemory() - runtime.freeMemory();
    if (Files.exists(PROC)) {
      try {
        String[] stat = afterName(text("stat")).split(" ", -1);
        return new Input.Vitals(
            used,
            runtime.maxMemory(),
            resident(text("status")),
            Long.parseLong(stat[USER_TIME]) * MICROS_PER_TICK,
            Long.parseLong(stat[SYSTEM_TIME]) * MICROS_PER_TICK);
      } catch (IOException unreadable) {
        // Told without, as on systems that have no /proc.
      }
    }
    long micros =
        ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / 1000;
    return new Input.Vitals(used, runtime.maxMemory(), 0, micros, 0);
  }

  private static String text(String file) throws IOException {
    return new String(Files.readAllBytes(PROC.resolve(file)), StandardCharsets.UTF_8);
  }

  private static String afterName(String stat) {
    return stat.substring(stat.lastIndexOf(')') + 2);
  }

  private static long resident(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KILOBYTE)
        .findFirst()
        .orElse(0L);
  }
}
