package io.shardquake.workloads.lettuce;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.protocol.RedisStateMachine;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.protocol.Reply;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyOutputTest {
  @Property
  void readsBackEveryReply(@ForAll("replies") Reply reply) {
    assertThat(decoded(encoded(reply))).isEqualTo(reply);
  }

  @ParameterizedTest
  @CsvSource({"+OK, OK", "+PONG, PONG", "+QUEUED, QUEUED"})
  void aSimpleStringIsAString(String line, String text) {
    assertThat(decoded(line + "\r\n")).isEqualTo(Reply.Text.of(text));
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "-7, -7",
    "0, 0",
    "123456789012345678, 123456789012345678",
  })
  void aStringOfDigitsIsANumber(String text, long number) {
    assertThat(Reply.Text.of(text).toValue()).isEqualTo(Value.of(number));
  }

  @ParameterizedTest
  @CsvSource({"''", "-", "007", "-0", "1a", "+1", "1234567890123456789", "hello"})
  void anyOtherStringIsText(String text) {
    assertThat(Reply.Text.of(text).toValue()).isEqualTo(Value.of(text));
  }

  @Provide
  Arbitrary<Reply> replies() {
    Arbitrary<String> line =
        Arbitraries.strings().withCharRange('!', 'z').ofMinLength(1).ofMaxLength(12);
    Arbitrary<Reply> plain =
        Arbitraries.oneOf(
            Arbitraries.of(Reply.OK, Reply.Absent.ABSENT),
            line.map(Reply.Failure::new),
            Arbitraries.longs().map(Reply.Int::new),
            Arbitraries.bytes().array(byte[].class).ofMaxSize(20).map(Reply.Text::new));
    return Arbitraries.lazyOf(
        () -> plain,
        () -> plain,
        () -> arrayOf(plain),
        () -> arrayOf(Arbitraries.oneOf(plain, arrayOf(plain), arrayOf(arrayOf(plain)))));
  }

  private static Arbitrary<Reply> arrayOf(Arbitrary<Reply> items) {
    return items.list().ofMaxSize(4).map(Reply.Array::new);
  }

  private static Reply decoded(String bytes) {
    ReplyOutput output = new ReplyOutput();
    ByteBuf buffer = Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1);
    assertThat(new RedisStateMachine().decode(buffer, output)).isTrue();
    return output.get();
  }

  /** In RESP2, one byte a character. */
  private static String encoded(Reply reply) {
    if (reply instanceof Reply.Failure failure) {
      return "-" + failure.message() + "\r\n";
    } else if (reply instanceof Reply.Int number) {
      return ":" + number.number() + "\r\n";
    } else if (reply instanceof Reply.Text string) {
      String bytes = new String(string.bytes(), StandardCharsets.ISO_8859_1);
      return "$" + bytes.length() + "\r\n" + bytes + "\r\n";
    } else if (reply instanceof Reply.Array array) {
      StringBuilder text = new StringBuilder("*" + array.items().size() + "\r\n");
      array.items().forEach(item -> text.append(encoded(item)));
      return text.toString();
    }
    return "$-1\r\n";
  }
}
