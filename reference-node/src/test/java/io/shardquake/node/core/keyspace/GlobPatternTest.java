package io.shardquake.node.core.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobPatternTest {
  private static boolean matches(String pattern, String text) {
    return GlobPattern.of(pattern.getBytes(StandardCharsets.ISO_8859_1))
        .matches(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @CsvSource({
    "*, anything",
    "h?llo, hello",
    "h*llo, heeello",
    "h[ae]llo, hallo",
    "h[^e]llo, hbllo",
    "h[a-b]llo, hbllo",
    "h[b-a]llo, hallo",
    "\\*, *",
    "a\\[b, a[b",
    "[\\]], ]",
    "a*b*c, axxbyyc",
    "*x*, axb",
    "'', ''",
    "[abc, b",
    "***, a",
    "a*, a"
  })
  void matchesAsRedisDoes(String pattern, String text) {
    assertThat(matches(pattern, text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "h?llo, hllo",
    "h[ae]llo, hillo",
    "h[^e]llo, hello",
    "\\*, a",
    "a*b, acbd",
    "a, ''",
    "'', a",
    "a*bc, abd",
    "?, ''"
  })
  void doesNotMatchMore(String pattern, String text) {
    assertThat(matches(pattern, text)).isFalse();
  }

  @Test
  void takesNoTimeOverManyStars() {
    assertThat(matches("*a".repeat(50) + "b", "a".repeat(2000))).isFalse();
  }
}
