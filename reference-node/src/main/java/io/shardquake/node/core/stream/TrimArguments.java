package io.shardquake.node.core.stream;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.value.StreamId;
import io.shardquake.node.core.value.StreamValue;
import io.shardquake.node.core.value.StreamValue.Trimming;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The options of XADD before the ID, and those of XTRIM. Not thread-safe. */
final class TrimArguments {
  private static final long DEFAULT_LIMIT = 10_000;
  private static final long GREATEST_LIMIT = 1_000_000;

  private @Nullable Trimming trimming;
  private int thresholdAt;
  private boolean approximately;
  private boolean limitGiven;
  private long limit;
  private boolean createsNothing;
  private int end;
  private Optional<WantedId> id = Optional.empty();

  /**
   * Reads them.
   *
   * @param adds whether the command is XADD
   * @param nodeEntries how many entries a node may have
   */
  static TrimArguments parse(CommandContext context, boolean adds, long nodeEntries) {
    TrimArguments arguments = new TrimArguments();
    int i = 2;
    while (i < context.count()) {
      int read = arguments.read(context, i, adds);
      if (read == 0) {
        break;
      }
      i += read;
    }
    arguments.end = i;
    // The ID is looked at before the options are found to go together, or the fields are counted.
    if (adds && i < context.count()) {
      arguments.id = Optional.of(WantedId.of(context, i));
    }
    arguments.check(adds, nodeEntries);
    return arguments;
  }

  /** Reads an option; gives how many words it has, 0 if it is the ID. */
  private int read(CommandContext context, int i, boolean adds) {
    boolean more = i + 1 < context.count();
    if (more && (context.is(i, "MAXLEN") || context.is(i, "MINID"))) {
      return readThreshold(context, i);
    }
    if (more && context.is(i, "LIMIT")) {
      limit = context.integer(i + 1);
      if (limit < 0) {
        throw new ErrorReply("ERR The LIMIT argument must be >= 0.");
      }
      limitGiven = true;
      return 2;
    }
    if (adds && context.is(i, "NOMKSTREAM")) {
      createsNothing = true;
      return 1;
    }
    if (!adds) {
      throw ErrorReply.syntax();
    }
    return 0;
  }

  private int readThreshold(CommandContext context, int i) {
    if (trimming != null) {
      throw new ErrorReply(
          "ERR syntax error, MAXLEN and MINID options at the same time are not compatible");
    }
    int at = i + 1;
    approximately = false;
    if (at + 1 < context.count() && (context.is(at, "~") || context.is(at, "="))) {
      approximately = context.is(at, "~");
      at++;
    }
    if (context.is(i, "MAXLEN")) {
      long most = context.integer(at);
      if (most < 0) {
        throw new ErrorReply("ERR The MAXLEN argument must be >= 0.");
      }
      trimming = new Trimming.ToLength(most);
    } else {
      trimming = new Trimming.ToId(StreamIds.lenient(context, at));
    }
    thresholdAt = at;
    return at - i + 1;
  }

  private void check(boolean adds, long nodeEntries) {
    if (limit > 0 && trimming == null) {
      throw new ErrorReply(
          "ERR syntax error, LIMIT cannot be used without specifying a trimming strategy");
    }
    if (!adds && trimming == null) {
      throw new ErrorReply("ERR syntax error, XTRIM must be called with a trimming strategy");
    }
    if (limitGiven && !approximately) {
      throw new ErrorReply("ERR syntax error, LIMIT cannot be used without the special ~ option");
    }
    if (approximately && !limitGiven) {
      long wanted = 100 * nodeEntries;
      limit = wanted <= 0 ? DEFAULT_LIMIT : Math.min(wanted, GREATEST_LIMIT);
    }
  }

  /** Index of the first argument that is no option. */
  int end() {
    return end;
  }

  /** The ID that XADD is to give; empty if there are no more arguments. */
  Optional<WantedId> id() {
    return id;
  }

  boolean createsNothing() {
    return createsNothing;
  }

  /** Trims a stream as asked for; gives how many entries are gone. */
  int trim(StreamValue stream) {
    return trimming == null ? 0 : stream.trim(trimming, approximately, limit);
  }

  /** What was done approximately is told to replicas exactly. */
  void makeExact(byte[][] words, StreamValue stream) {
    if (trimming != null && approximately) {
      words[thresholdAt - 1] = ascii("=");
      words[thresholdAt] =
          trimming instanceof Trimming.ToLength
              ? ascii(Integer.toString(stream.size()))
              : (stream.size() == 0 ? StreamId.GREATEST : stream.first()).bytes();
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
