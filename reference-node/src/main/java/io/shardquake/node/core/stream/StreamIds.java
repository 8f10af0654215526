package io.shardquake.node.core.stream;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.value.StreamId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** IDs among the arguments of commands. */
final class StreamIds {
  private static final long GREATEST = -1;

  private StreamIds() {}

  static ErrorReply invalid() {
    return new ErrorReply("ERR Invalid stream ID specified as stream command argument");
  }

  /**
   * An ID that is written out, but for its sequence number perhaps, which then is 0.
   *
   * @throws ErrorReply if it is none
   */
  static StreamId strict(CommandContext context, int index) {
    return parse(context.argument(index), 0).orElseThrow(StreamIds::invalid);
  }

  /**
   * As {@link #strict}, or {@code -} for the least and {@code +} for the greatest.
   *
   * @throws ErrorReply if it is none
   */
  static StreamId lenient(CommandContext context, int index) {
    return named(context.argument(index), 0);
  }

  /** An ID in text; empty if it is none. */
  static Optional<StreamId> parse(byte[] argument, long missingSequence) {
    String text = new String(argument, StandardCharsets.ISO_8859_1);
    int dash = text.indexOf('-');
    Optional<Long> millis = number(dash < 0 ? text : text.substring(0, dash));
    Optional<Long> sequence =
        dash < 0 ? Optional.of(missingSequence) : number(text.substring(dash + 1));
    return millis.isEmpty() || sequence.isEmpty()
        ? Optional.empty()
        : Optional.of(new StreamId(millis.get(), sequence.get()));
  }

  /** An unsigned number of 64 bits. */
  static Optional<Long> number(String digits) {
    if (!digits.matches("[0-9]{1,20}")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseUnsignedLong(digits));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * The first ID of an interval.
   *
   * @throws ErrorReply if it is none, or excludes all
   */
  static StreamId start(CommandContext context, int index) {
    byte[] argument = context.argument(index);
    StreamId id = bound(argument, 0);
    return isExcluded(argument)
        ? id.next().orElseThrow(() -> new ErrorReply("ERR invalid start ID for the interval"))
        : id;
  }

  /**
   * The last ID of an interval.
   *
   * @throws ErrorReply if it is none, or excludes all
   */
  static StreamId end(CommandContext context, int index) {
    byte[] argument = context.argument(index);
    StreamId id = bound(argument, GREATEST);
    return isExcluded(argument)
        ? id.previous().orElseThrow(() -> new ErrorReply("ERR invalid end ID for the interval"))
        : id;
  }

  private static boolean isExcluded(byte[] argument) {
    return argument.length > 1 && argument[0] == '(';
  }

  private static StreamId bound(byte[] argument, long missingSequence) {
    String text = new String(argument, StandardCharsets.ISO_8859_1);
    if (isExcluded(argument)) {
      byte[] rest = text.substring(1).getBytes(StandardCharsets.ISO_8859_1);
      return parse(rest, missingSequence).orElseThrow(StreamIds::invalid);
    }
    return named(argument, missingSequence);
  }

  private static StreamId named(byte[] argument, long missingSequence) {
    return switch (new String(argument, StandardCharsets.ISO_8859_1)) {
      case "-" -> StreamId.LEAST;
      case "+" -> StreamId.GREATEST;
      default -> parse(argument, missingSequence).orElseThrow(StreamIds::invalid);
    };
  }
}
