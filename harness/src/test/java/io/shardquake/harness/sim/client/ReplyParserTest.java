package io.shardquake.harness.sim.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.workloads.protocol.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReplyParserTest {
  private static final String STREAM =
      "+OK\r\n-MOVED 1 a:2\r\n:-42\r\n$3\r\na\r\n\r\n$-1\r\n*2\r\n:1\r\n*1\r\n+QUEUED\r\n*-1\r\n";

  private static final List<Reply> REPLIES =
      List.of(
          Reply.OK,
          new Reply.Failure("MOVED 1 a:2"),
          new Reply.Int(-42),
          Reply.Text.of("a\r\n"),
          Reply.Absent.ABSENT,
          new Reply.Array(List.of(new Reply.Int(1), new Reply.Array(List.of(Reply.QUEUED)))),
          Reply.Absent.ABSENT);

  private static List<Reply> parsed(int pieceLength) {
    byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
    ReplyParser parser = new ReplyParser();
    List<Reply> replies = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += pieceLength) {
      int end = Math.min(bytes.length, at + pieceLength);
      parser.feed(java.util.Arrays.copyOfRange(bytes, at, end));
      for (Optional<Reply> reply = parser.next(); reply.isPresent(); reply = parser.next()) {
        replies.add(reply.get());
      }
    }
    return replies;
  }

  @Test
  void everyKindOfReplyIsReadHoweverTheBytesAreCut() {
    for (int length = 1; length <= STREAM.length(); length++) {
      assertThat(parsed(length)).as("pieces of %d bytes", length).isEqualTo(REPLIES);
    }
  }
}
