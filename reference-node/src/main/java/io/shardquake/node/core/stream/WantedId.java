package io.shardquake.node.core.stream;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.value.StreamId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The ID that XADD is to use.
 *
 * @param millis empty if the node chooses
 * @param sequence empty if the node chooses
 */
record WantedId(Optional<Long> millis, Optional<Long> sequence) {
  static WantedId of(CommandContext context, int index) {
    String text = new String(context.argument(index), StandardCharsets.ISO_8859_1);
    if (text.equals("*")) {
      return new WantedId(Optional.empty(), Optional.empty());
    }
    if (text.endsWith("-*")) {
      String millis = text.substring(0, text.length() - 2);
      return new WantedId(
          Optional.of(StreamIds.number(millis).orElseThrow(StreamIds::invalid)), Optional.empty());
    }
    StreamId id = StreamIds.strict(context, index);
    return new WantedId(Optional.of(id.millis()), Optional.of(id.sequence()));
  }

  /** Whether nothing is left to the node. */
  boolean isWhole() {
    return millis.isPresent() && sequence.isPresent();
  }

  void requireNotZero() {
    if (millis.equals(Optional.of(0L)) && sequence.equals(Optional.of(0L))) {
      throw new ErrorReply("ERR The ID specified in XADD must be greater than 0-0");
    }
  }

  StreamId after(StreamId last, long nowMillis) {
    if (last.equals(StreamId.GREATEST)) {
      throw new ErrorReply(
          "ERR The stream has exhausted the last possible ID, unable to add more items");
    }
    if (millis.isEmpty()) {
      return Long.compareUnsigned(nowMillis, last.millis()) > 0
          ? new StreamId(nowMillis, 0)
          : last.next().orElseThrow();
    }
    if (sequence.isPresent()) {
      return checked(new StreamId(millis.get(), sequence.get()), last);
    }
    if (millis.get() != last.millis()) {
      return checked(new StreamId(millis.get(), 0), last);
    }
    return checked(new StreamId(last.millis(), last.sequence() + 1), last);
  }

  private static StreamId checked(StreamId id, StreamId last) {
    if (!last.isLess(id)) {
      throw new ErrorReply(
          "ERR The ID specified in XADD is equal or smaller than the target stream top item");
    }
    return id;
  }
}
