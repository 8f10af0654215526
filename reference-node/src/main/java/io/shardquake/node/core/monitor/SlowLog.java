package io.shardquake.node.core.monitor;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.command.CommandFlag;
import io.shardquake.node.core.command.CommandObserver;
import io.shardquake.node.core.command.CommandSpec;
import io.shardquake.node.core.config.Configuration;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** The commands that took long, the latest first. Not thread-safe. */
public final class SlowLog implements CommandObserver {
  private static final int MOST_ARGUMENTS = 32;
  private static final int LONGEST_ARGUMENT = 128;
  private static final int MICROS_PER_SECOND = 1_000_000;

  private final Configuration configuration;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private long threshold;
  private long nextId;

  /**
   * A command that took long.
   *
   * @param unixSeconds when it began
   * @param arguments shortened, and without passwords
   */
  record Entry(
      long id,
      long unixSeconds,
      long durationMicros,
      List<byte[]> arguments,
      String address,
      String clientName) {}

  public SlowLog(Configuration configuration) {
    this.configuration = configuration;
    this.threshold = configuration.number("slowlog-log-slower-than");
    configuration.onChange(directive -> reconfigure());
  }

  private void reconfigure() {
    threshold = configuration.number("slowlog-log-slower-than");
    shorten();
  }

  private void shorten() {
    long most = configuration.number("slowlog-max-len");
    while (entries.size() > most) {
      entries.removeLast();
    }
  }

  @Override
  public void ran(Client client, CommandSpec spec, byte[][] arguments, Outcome outcome) {
    if (threshold < 0
        || outcome.durationMicros() < threshold
        || spec.is(CommandFlag.SKIP_SLOWLOG)) {
      return;
    }
    entries.addFirst(
        new Entry(
            nextId++,
            outcome.startMicros() / MICROS_PER_SECOND,
            outcome.durationMicros(),
            shortened(Redaction.of(spec, arguments)),
            client.address(),
            client.name()));
    shorten();
  }

  private static List<byte[]> shortened(byte[][] arguments) {
    List<byte[]> shown = new ArrayList<>();
    for (int i = 0; i < Math.min(arguments.length, MOST_ARGUMENTS); i++) {
      if (i == MOST_ARGUMENTS - 1 && arguments.length > MOST_ARGUMENTS) {
        int more = arguments.length - MOST_ARGUMENTS + 1;
        shown.add(ascii("... (" + more + " more arguments)"));
      } else if (arguments[i].length > LONGEST_ARGUMENT) {
        byte[] tail = ascii("... (" + (arguments[i].length - LONGEST_ARGUMENT) + " more bytes)");
        byte[] cut = Arrays.copyOf(arguments[i], LONGEST_ARGUMENT + tail.length);
        System.arraycopy(tail, 0, cut, LONGEST_ARGUMENT, tail.length);
        shown.add(cut);
      } else {
        shown.add(arguments[i]);
      }
    }
    return shown;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The entries, the latest first. */
  List<Entry> latest(long most) {
    return entries.stream().limit(most).toList();
  }

  int length() {
    return entries.size();
  }

  void clear() {
    entries.clear();
  }
}
