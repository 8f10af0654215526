package io.shardquake.node.differential;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** The kinds of words that requests are made of: few enough that they meet each other often. */
final class Words {
  private static final List<String> INTEGERS =
      List.of("0", "1", "-1", "2", "-2", "3", "5", "-7", "10", "100", "-100");

  private Words() {}

  /**
   * Words of a kind that a {@link Grammar} names.
   *
   * @throws IllegalArgumentException if there is no such kind
   */
  static Arbitrary<String> named(String kind) {
    return switch (kind) {
      case "key" -> Arbitraries.of("{k}a", "{k}b", "{k}c", "{k}d");
      case "value" -> Arbitraries.oneOf(Arbitraries.of(VALUES), Arbitraries.of(INTEGERS));
      case "field", "member", "element" -> Arbitraries.of(MEMBERS);
      case "int" -> Arbitraries.of(INTEGERS);
      case "index" -> Arbitraries.integers().between(-12, 12).map(Object::toString);
      case "count" -> Arbitraries.integers().between(-1, 5).map(Object::toString);
      case "any-int" -> Arbitraries.oneOf(Arbitraries.of(INTEGERS), Arbitraries.of(EXTREMES));
      case "float" -> Arbitraries.of(FLOATS);
      case "score" -> Arbitraries.of(SCORES);
      case "bound" -> Arbitraries.of(BOUNDS);
      case "lex-bound" -> Arbitraries.of("-", "+", "[a", "(a", "[b", "(c", "[", "(", "[10", "x");
      case "pattern" -> Arbitraries.of("*", "{k}?", "{k}[a-b]", "{k}[^a]", "\\{k}a", "none*", "?");
      case "stream-id" ->
          Arbitraries.of("0-1", "1-1", "1-2", "2-1", "3", "4-*", "5-1", "9-9", "0-0", "x");
      case "longitude" -> Arbitraries.of("13.361389", "15.087269", "-122.4", "180", "0", "200");
      case "latitude" -> Arbitraries.of("38.115556", "37.502669", "-37.7", "85", "0", "-90");
      case "bit" -> Arbitraries.of("0", "1");
      case "offset" -> Arbitraries.integers().between(0, 70).map(Object::toString);
      case "seconds" -> Arbitraries.of("100", "1000", "0", "-1", "9223372036854775807");
      case "millis" -> Arbitraries.of("100000", "1000000", "0", "-1", "9223372036854775807");
      case "unix" -> Arbitraries.of("33177117420", "1", "0", "-1", "9223372036854775807");
      case "unix-millis" ->
          Arbitraries.of("33177117420000", "1000", "0", "-1", "9223372036854775807");
      case "bitfield-type" ->
          Arbitraries.of("u1", "u8", "i8", "i5", "u63", "i64", "u64", "i0", "x8");
      case "bitfield-offset" -> Arbitraries.of("0", "1", "7", "#1", "#3", "30", "-1", "#x");
      case "junk" -> Arbitraries.of(JUNK);
      default -> throw new IllegalArgumentException("no words are called " + kind);
    };
  }

  private static final List<String> VALUES =
      List.of(
          "",
          "a",
          "b",
          "hello",
          "Hello World",
          "foobar",
          "\0",
          "\u00ff\u00f0",
          "\u00ff",
          "1.5",
          "ohmytext",
          "mynewtext",
          "0123456789012345678901234567890123456789012345678901234567890");

  private static final List<String> MEMBERS =
      List.of("a", "b", "c", "d", "1", "2", "10", "-5", "", "x\0y", "9223372036854775807");

  private static final List<String> EXTREMES =
      List.of(
          "9223372036854775807",
          "-9223372036854775808",
          "9223372036854775806",
          "-9223372036854775807",
          "4294967295",
          "4294967296",
          "2147483648",
          "536870912");

  private static final List<String> FLOATS =
      List.of("0", "1", "-1", "1.5", "0.1", "-2.25", "3.0e3", "1e-3", "inf", "-inf", "nan", "0x10");

  private static final List<String> SCORES =
      List.of("0", "1", "-1", "1.5", "2", "3", "-2.25", "1e3", "inf", "-inf", "0.1", "nan", "x");

  private static final List<String> BOUNDS =
      List.of("0", "1", "(1", "-1", "2", "(3", "-inf", "+inf", "inf", "(-inf", "1.5", "x", "(");

  private static final List<String> JUNK =
      List.of(
          "",
          "foo",
          "1.5",
          "-1",
          "0",
          "NX",
          "XX",
          "GET",
          "EX",
          "LIMIT",
          "COUNT",
          "MATCH",
          " 1",
          "01",
          "9223372036854775808",
          "WITHSCORES",
          "\u00ff",
          "*",
          "BYTE",
          "STORE");
}
