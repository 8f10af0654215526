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
      case "entry-id" -> Arbitraries.of(ENTRY_IDS);
      case "entry-bound" ->
          Arbitraries.oneOf(Arbitraries.of(ENTRY_IDS), Arbitraries.of(ENTRY_BOUNDS));
      case "group" -> Arbitraries.of("g", "h");
      case "consumer" -> Arbitraries.of("c1", "c2", "c3");
      case "unit" -> Arbitraries.of("m", "km", "mi", "ft", "KM", "x");
      case "distance" ->
          Arbitraries.of(
              "0", "1", "100", "200.5", "5000", "20000", "1e9", "-1", "x", "inf", "1e-3");
      case "sort-pattern" ->
          Arbitraries.of("w_*", "h_*->f", "h_*->g", "h_*->", "nosort", "#", "*", "x*->", "none_*");
      case "channel" -> Arbitraries.of("news", "{k}ch", "a", "");
      case "client-name" -> Arbitraries.of("reader", "", "a b", "x\n", "~ok");
      case "slot" -> Arbitraries.of("0", "1", "7629", "16383", "16384", "-1", "x");
      case "command" ->
          Arbitraries.of(
              "get",
              "SET",
              "mset",
              "xreadgroup",
              "eval",
              "client",
              "client|list",
              "config|get",
              "sort",
              "nosuch",
              "zunionstore",
              "object",
              "migrate",
              "memory|usage",
              "config|nosuch",
              "ping",
              "acl",
              "lmpop",
              "georadius");
      case "directive" ->
          Arbitraries.of(
              "maxmemory",
              "maxmemory-policy",
              "*-entries",
              "hash-max-*",
              "nosuch",
              "appendfsync",
              "list-*",
              "[hz]*",
              "TIMEOUT",
              "slowlog*",
              "*backlog*");
      case "acl-rule" -> Arbitraries.of(ACL_RULES);
      case "script" -> Arbitraries.of(Scripts.SCRIPTS);
      case "sha1" -> Arbitraries.of(Scripts.digests());
      case "library" -> Arbitraries.of(Scripts.LIBRARIES);
      case "function" -> Arbitraries.of("f", "g", "ro", "F", "nosuch", "raise");
      case "payload" -> Arbitraries.of(PAYLOADS);
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

  private static final List<String> ENTRY_IDS =
      List.of(
          "0-1",
          "1-1",
          "1-2",
          "2-1",
          "3",
          "5-1",
          "9-9",
          "0-0",
          "x",
          "0",
          "1-*",
          "6-*",
          "7-0",
          "18446744073709551615-18446744073709551615",
          "18446744073709551615",
          "1-",
          "-1",
          "8-x");

  private static final List<String> ENTRY_BOUNDS =
      List.of(
          "-",
          "+",
          "(1-1",
          "(1-2",
          "(2",
          "(5-1",
          "(-",
          "(+",
          "$",
          "(0-0",
          "(",
          ">",
          "(18446744073709551615-18446744073709551615");

  private static final List<String> ACL_RULES =
      List.of(
          "on",
          "off",
          "+get",
          "-get",
          "+@all",
          "-@all",
          "+@read",
          "-@write",
          "~k*",
          "~*",
          "%R~r*",
          "%W~w*",
          "&ch*",
          "&*",
          "allkeys",
          "resetkeys",
          "resetchannels",
          "allchannels",
          "nopass",
          "resetpass",
          ">pw",
          "<pw",
          "reset",
          "+config|get",
          "-config|set",
          "+config",
          "(+get ~x)",
          "(%R~y +@read)",
          "clearselectors",
          "+client|id",
          "-client",
          "+nosuch",
          "+@x",
          "sanitize-payload",
          "skip-sanitize-payload",
          "nocommands",
          "allcommands",
          "(",
          ")",
          "x",
          "+select|0",
          "+set",
          "~{k}a",
          "%RW~z",
          "%X~z",
          "~a b",
          "#abc");

  private static final List<String> PAYLOADS =
      List.of(
          "\0\301\071\060\n\0\235\224\352\047\223\374\010\271",
          "\0\5value\n\0\201\366\301\070\301\252\233n",
          "\0\5valuf\n\0\201\366\301\070\301\252\233n",
          "\0",
          "xxxxxxxxxxxx",
          "\0\5value\377\0\201\366\301\070\301\252\233n");

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
