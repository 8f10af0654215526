package io.shardquake.harness.sim.client;

import io.shardquake.workloads.protocol.Command;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Commands as they go over the wire (RESP, arrays of bulk strings). */
final class CommandBytes {
  private static final int LONGEST_NUMBER = 14;

  private byte[] bytes;
  private int length;

  private CommandBytes(int capacity) {
    this.bytes = new byte[capacity];
  }

  /** All commands, one after the other. */
  static byte[] of(List<Command> commands) {
    int size = 0;
    for (Command command : commands) {
      size += LONGEST_NUMBER;
      for (int i = 0; i < command.size(); i++) {
        size += command.part(i).length + LONGEST_NUMBER;
      }
    }
    CommandBytes wire = new CommandBytes(size);
    commands.forEach(wire::add);
    return Arrays.copyOf(wire.bytes, wire.length);
  }

  private void add(Command command) {
    header('*', command.size());
    for (int i = 0; i < command.size(); i++) {
      byte[] part = command.part(i);
      header('$', part.length);
      System.arraycopy(part, 0, bytes, length, part.length);
      length += part.length;
      lineEnd();
    }
  }

  private void header(char marker, int number) {
    bytes[length++] = (byte) marker;
    if (number < 10) {
      bytes[length++] = (byte) ('0' + number);
    } else {
      byte[] digits = Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(digits, 0, bytes, length, digits.length);
      length += digits.length;
    }
    lineEnd();
  }

  private void lineEnd() {
    bytes[length++] = '\r';
    bytes[length++] = '\n';
  }
}
