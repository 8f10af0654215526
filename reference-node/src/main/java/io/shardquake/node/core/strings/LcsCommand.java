package io.shardquake.node.core.strings;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.resp.ReplyBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** LCS: what two strings have in common. */
final class LcsCommand implements CommandGroup {
  private static final long MOST_CELLS = 1L << 28;

  @Override
  public void register(CommandTable table) {
    table.add("lcs", LcsCommand::lcs);
  }

  /** What is asked about the common subsequence. */
  private static final class Options {
    private boolean length;
    private boolean matches;
    private boolean matchLengths;
    private long leastMatch;

    static Options parse(CommandContext context) {
      Options options = new Options();
      for (int i = 3; i < context.count(); i++) {
        if (context.is(i, "IDX")) {
          options.matches = true;
        } else if (context.is(i, "LEN")) {
          options.length = true;
        } else if (context.is(i, "WITHMATCHLEN")) {
          options.matchLengths = true;
        } else if (context.is(i, "MINMATCHLEN") && i + 1 < context.count()) {
          options.leastMatch = Math.max(0, context.integer(++i));
        } else {
          throw ErrorReply.syntax();
        }
      }
      if (options.matches && options.length) {
        throw new ErrorReply("ERR If you want both the length and indexes, please just use IDX.");
      }
      return options;
    }
  }

  private static void lcs(CommandContext context) {
    byte[] first;
    byte[] second;
    try {
      first = orEmpty(context.readString(context.argument(1)));
      second = orEmpty(context.readString(context.argument(2)));
    } catch (ErrorReply wrongType) {
      throw new ErrorReply("ERR The specified keys must contain string values");
    }
    Options options = Options.parse(context);
    if ((first.length + 1L) * (second.length + 1L) > MOST_CELLS) {
      throw new ErrorReply("ERR Insufficient memory, failed allocating transient memory for LCS");
    }
    CommonSubsequence common = CommonSubsequence.of(first, second);
    ReplyBuffer reply = context.reply();
    if (options.matches) {
      reply.map(2);
      reply.bulk("matches");
      replyMatches(reply, common, options);
      reply.bulk("len");
      reply.integer(common.length());
    } else if (options.length) {
      reply.integer(common.length());
    } else {
      reply.bulk(common.bytes());
    }
  }

  private static byte[] orEmpty(byte @Nullable [] bytes) {
    return bytes == null ? new byte[0] : bytes;
  }

  private static void replyMatches(ReplyBuffer reply, CommonSubsequence common, Options options) {
    List<CommonSubsequence.Match> matches =
        common.matches().stream().filter(match -> match.length() >= options.leastMatch).toList();
    reply.array(matches.size());
    for (CommonSubsequence.Match match : matches) {
      reply.array(options.matchLengths ? 3 : 2);
      replyRange(reply, match.first(), match.length());
      replyRange(reply, match.second(), match.length());
      if (options.matchLengths) {
        reply.integer(match.length());
      }
    }
  }

  private static void replyRange(ReplyBuffer reply, int from, int length) {
    reply.array(2);
    reply.integer(from);
    reply.integer(from + length - 1L);
  }
}
