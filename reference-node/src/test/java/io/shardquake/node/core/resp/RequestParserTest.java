package io.shardquake.node.core.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequestParserTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static List<List<String>> requests(RequestParser parser) throws ProtocolViolation {
    List<List<String>> all = new ArrayList<>();
    for (byte[][] next = parser.next(); next.length > 0; next = parser.next()) {
      all.add(
          Arrays.stream(next).map(word -> new String(word, StandardCharsets.ISO_8859_1)).toList());
    }
    return all;
  }

  private static List<List<String>> parse(String text) throws ProtocolViolation {
    RequestParser parser = new RequestParser();
    parser.feed(bytes(text));
    return requests(parser);
  }

  @Property
  void givesTheSameRequestsHoweverTheBytesAreCut(
      @ForAll @Size(max = 5) List<@NotEmpty @Size(max = 4) List<byte[]>> sent,
      @ForAll @IntRange(min = 1, max = 40) int pieceLength)
      throws ProtocolViolation {
    ReplyBuffer encoder = new ReplyBuffer();
    sent.forEach(encoder::bulks);
    byte[] wire = encoder.take();
    RequestParser parser = new RequestParser();
    List<List<String>> received = new ArrayList<>();
    for (int from = 0; from < wire.length; from += pieceLength) {
      parser.feed(Arrays.copyOfRange(wire, from, Math.min(wire.length, from + pieceLength)));
      received.addAll(requests(parser));
    }
    assertThat(received)
        .isEqualTo(
            sent.stream()
                .map(
                    request ->
                        request.stream()
                            .map(word -> new String(word, StandardCharsets.ISO_8859_1))
                            .toList())
                .toList());
  }

  @Test
  void takesInlineRequestsAndMultibulkOnesInTurn() throws ProtocolViolation {
    assertThat(parse("PING\r\n*1\r\n$4\r\nPING\r\n\r\nSET k \"a\\x41\\n\"\n"))
        .containsExactly(List.of("PING"), List.of("PING"), List.of("SET", "k", "aA\n"));
  }

  @Test
  void ignoresEmptyAndNegativeMultibulks() throws ProtocolViolation {
    assertThat(parse("*0\r\n*-3\r\nPING\r\n")).containsExactly(List.of("PING"));
  }

  @Test
  void skipsTheTwoBytesAfterAnArgumentWithoutLooking() throws ProtocolViolation {
    assertThat(parse("*1\r\n$4\r\nPINGxy*1\r\n$4\r\nECHO\r\n"))
        .containsExactly(List.of("PING"), List.of("ECHO"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          "*x|",     "Protocol error: invalid multibulk length"
          "*1 |",    "Protocol error: invalid multibulk length"
          "*01|",    "Protocol error: invalid multibulk length"
          "*2147483648|", "Protocol error: invalid multibulk length"
          "*1|#4|",  "Protocol error: expected '$', got '#'"
          "*1|$-1|", "Protocol error: invalid bulk length"
          "*1|$+4|", "Protocol error: invalid bulk length"
          "*1|$536870913|", "Protocol error: invalid bulk length"
          "GET 'a|", "Protocol error: unbalanced quotes in request"
          "GET 'a'b|", "Protocol error: unbalanced quotes in request"
          """)
  void refusesWhatIsNoRequestInRedissWords(String text, String complaint) {
    assertThatThrownBy(() -> parse(text.replace("|", "\r\n")))
        .isInstanceOf(ProtocolViolation.class)
        .hasMessage(complaint);
  }

  @Test
  void refusesLinesThatDoNotEnd() {
    assertThatThrownBy(() -> parse("a".repeat(70_000)))
        .hasMessage("Protocol error: too big inline request");
    assertThatThrownBy(() -> parse("*" + "1".repeat(70_000)))
        .hasMessage("Protocol error: too big mbulk count string");
    assertThatThrownBy(() -> parse("*1\r\n$" + "1".repeat(70_000)))
        .hasMessage("Protocol error: too big bulk count string");
  }

  @Test
  void limitsClientsThatHaveNotAuthenticated() {
    RequestParser parser = new RequestParser();
    parser.limitTightly(true);
    parser.feed(bytes("*11\r\n"));
    assertThatThrownBy(parser::next).hasMessage("Protocol error: unauthenticated multibulk length");
  }
}
