package io.shardquake.workloads.bigkeys;

import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.protocol.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Long values that tell their number by every byte: the number and a semicolon, over and over.
 *
 * @param bytes how long they are
 */
record BigValue(int bytes) {
  String encode(Value number) {
    String unit = number + ";";
    return unit.repeat(bytes / unit.length() + 1).substring(0, bytes);
  }

  /**
   * The number of a value that is whole; of any other a text that says what it was, and that nobody
   * ever wrote.
   */
  Value decode(Reply reply) {
    if (!(reply instanceof Reply.Text stored)) {
      return reply.toValue();
    }
    byte[] content = stored.bytes();
    int end = 0;
    while (end < content.length && content[end] >= '0' && content[end] <= '9') {
      end++;
    }
    Value number = new Reply.Text(Arrays.copyOf(content, end)).toValue();
    boolean whole =
        number instanceof Value.Int
            && Arrays.equals(content, encode(number).getBytes(StandardCharsets.US_ASCII));
    return whole ? number : Value.of("damaged: " + content.length + " bytes of " + number);
  }
}
