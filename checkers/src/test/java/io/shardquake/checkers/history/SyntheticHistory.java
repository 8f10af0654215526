package io.shardquake.checkers.history;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * The JSON Lines of a register history of any length, made as they are read. Every operation ends
 * before its process's next; one in a hundred as Info, after which a new process takes its place.
 */
final class SyntheticHistory extends InputStream {
  private static final int PROCESSES = 50;
  private static final int KEYS = 1_000;

  private final SplittableRandom random = new SplittableRandom(7);
  private final int operations;
  private final int[] processes = new int[PROCESSES];
  private final String[] open = new String[PROCESSES];
  private int invoked;
  private int ended;
  private long index;
  private long time;
  private byte[] chunk = {};
  private int at;

  SyntheticHistory(int operations) {
    this.operations = operations;
    for (int i = 0; i < PROCESSES; i++) {
      processes[i] = i;
      open[i] = "";
    }
  }

  /**
   * Loads a history and reports on it: a program of its own, so that its heap can be bounded.
   *
   * @param arguments either the number of operations to make, or a file to read
   */
  public static void main(String[] arguments) throws IOException {
    long start = System.nanoTime();
    History history =
        arguments[0].matches("[0-9]+")
            ? HistoryReader.read(new SyntheticHistory(Integer.parseInt(arguments[0])), "synthetic")
                .content()
            : HistoryReader.read(Path.of(arguments[0])).content();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.gc();
    long bytes = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    System.out.printf(
        "operations=%d keys=%d seconds=%.2f bytesPerOperation=%d%n",
        history.size(), history.keyCount(), seconds, bytes / history.size());
  }

  @Override
  public int read() {
    throw new UnsupportedOperationException("read in chunks");
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (at == chunk.length && !refill()) {
      return -1;
    }
    int count = Math.min(length, chunk.length - at);
    System.arraycopy(chunk, at, target, offset, count);
    at += count;
    return count;
  }

  private boolean refill() {
    StringBuilder lines = new StringBuilder(1 << 16);
    while (ended < operations && lines.length() < (1 << 16) - 512) {
      int process = random.nextInt(PROCESSES);
      time += random.nextInt(20_000);
      if (!open[process].isEmpty()) {
        complete(process, lines);
      } else if (invoked < operations) {
        invoke(process, lines);
      }
    }
    chunk = lines.toString().getBytes(StandardCharsets.US_ASCII);
    at = 0;
    return chunk.length > 0;
  }

  private void invoke(int process, StringBuilder lines) {
    int value = ++invoked;
    String function = value % 3 == 0 ? "read" : value % 3 == 1 ? "write" : "cas";
    open[process] =
        "\"f\":\"" + function + "\",\"key\":\"{k" + random.nextInt(KEYS) + "}:register\"";
    event(process, "invoke", lines);
    if (value % 3 == 1) {
      lines.append(",\"value\":").append(value);
    } else if (value % 3 == 2) {
      lines.append(",\"value\":[").append(value - 1).append(',').append(value).append(']');
    }
    lines.append("}\n");
  }

  private void complete(int process, StringBuilder lines) {
    ended++;
    boolean lost = random.nextInt(100) == 0;
    event(process, lost ? "info" : "ok", lines);
    if (lost) {
      lines.append(",\"nodes\":[\"n1\",\"n2\"],\"redirects\":1,\"error\":\"timeout\"");
      processes[process] += PROCESSES;
    } else {
      lines.append(",\"value\":").append(ended).append(",\"nodes\":[\"n3\"]");
    }
    lines.append("}\n");
    open[process] = "";
  }

  private void event(int process, String type, StringBuilder lines) {
    lines.append("{\"index\":").append(index++);
    lines.append(",\"time\":").append(time);
    lines.append(",\"process\":").append(processes[process]);
    lines.append(",\"type\":\"").append(type).append("\",").append(open[process]);
  }
}
