package io.shardquake.checkers.edn;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.history.HistoryArbitraries;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.recording.MalformedRecordingException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdnValuesTest {
  @Provide
  static Arbitrary<Value> values() {
    return HistoryArbitraries.values();
  }

  @Provide
  static Arbitrary<String> texts() {
    return Arbitraries.of(
            "{", "}", "[", "]", "(", ")", "#", "#_", "#{", "\"", "\\", ":", "a", "1", "/", " ", "^",
            "#:", "M", "N", "e", ".", "-", "\n", ";", "##", "nil", "##Inf", "#tag", "\u00e9", "'")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void readsWhatWasPrinted(@ForAll("values") Value value) throws IOException {
    assertThat(EdnParser.parse(EdnPrinter.print(value))).isEqualTo(value);
  }

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void readsOrRefusesAnyText(@ForAll("texts") String text) throws IOException {
    Value value;
    try {
      value = EdnParser.parse(text);
    } catch (MalformedRecordingException refused) {
      assertThat(refused).hasMessageContaining("line");
      return;
    }
    assertThat(EdnParser.parse(EdnPrinter.print(value))).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "0|0",
        "-7|-7",
        "+7|7",
        "42N|42",
        "0x1F|31",
        "017|15",
        "2r101|5",
        "9223372036854775807|9223372036854775807",
        "9223372036854775808|9223372036854775808N",
        "1.5|1.5",
        "1e3|1000.0",
        "1.50M|1.50M",
        "2/3|2/3",
        "foo/bar|foo/bar",
        "-|-",
        "\\a|\\u0061",
        "\\newline|\\u000a",
        "\\u00e9|\\u00e9",
        "\\o101|\\u0041",
        "\\(|\\u0028",
        "\"\\u00e9\\101\\ud83d\\ude00\"|\"\u00e9A\ud83d\ude00\"",
        ":a/b|:a/b",
        "#{3 1 2 1}|[1 2 3]",
        "#{:b :a}|[:a :b]",
        "#inst \"2020-01-01\"|#inst \"2020-01-01\"",
        "#:a{:b 1 :_/c 2 :d/e 3}|{:a/b 1, :c 2, :d/e 3}",
        "{1 2, \"a\" 3, \"a b\" 4, [1] 5}|{1 2, \"a\" 3, \"a b\" 4, [1] 5}",
        "#'user/x|user/x",
        "#\"a\\\"b\"|#shardquake/tagged [\"edn/regex\" \"a\\\\\\\"b\"]",
        "##Inf|##Inf",
        "##-Inf|##-Inf",
        "##NaN|##NaN",
        "[1 #_ 2 #_ #_ 3 4 5]|[1 5]",
      })
  void understandsWhatClojurePrints(String text, String canonical) throws IOException {
    assertThat(EdnPrinter.print(EdnParser.parse(text))).isEqualTo(canonical);
  }

  @Test
  void tellsKeysOfDifferentKindsApart() throws IOException {
    Value value = EdnParser.parse("{:a 1, \"a\" 2, a 3, nil 4, 1 5, \"1 \" 6}");

    assertThat(((Value.Mapping) value).entries().values())
        .containsExactly(
            Value.of(1), Value.of(2), Value.of(3), Value.of(4), Value.of(5), Value.of(6));
  }

  @Test
  void keepsNamesThatLookLikeKeysOfOtherKinds() throws IOException {
    for (String name : List.of("#edn 1", "#edn  1", "#edn [", "#edn :a", "#edn \"a\"", "", "a b")) {
      Value value = new Value.Mapping(Map.of(name, Value.nil()));

      assertThat(EdnParser.parse(EdnPrinter.print(value))).isEqualTo(value);
    }
  }
}
