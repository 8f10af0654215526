package io.shardquake.node.differential;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * A group of commands given by their syntax, one a line, from which requests are generated:
 *
 * <pre>
 * SET &lt;key&gt; &lt;value&gt; [NX|XX] [GET] [EX &lt;seconds&gt;|KEEPTTL]
 * MSET (&lt;key&gt; &lt;value&gt;)+
 * </pre>
 *
 * <p>{@code [ ]} may be left out, {@code ( )} stays together, {@code |} chooses, {@code +} repeats
 * up to four times, {@code < >} is one of {@link Words}. A line that begins with a number and a
 * star is that many times as likely as others; {@code @include strings.txt} stands for the lines of
 * another file. Now and then a word is dropped, doubled or replaced, so that errors are compared,
 * too; or written in small letters; or the server is asked which keys the command has.
 */
final class Grammar {
  private static final Pattern TOKEN = Pattern.compile("[\\[\\]()|+]|[^\\s\\[\\]()|+]+");
  private static final String INCLUDE = "@include ";
  private static final String SHORT_WAIT = "0.001";
  private static final Pattern WEIGHT = Pattern.compile("(\\d+)\\* (.*)");

  private final Deque<String> tokens;

  private Grammar(String line) {
    this.tokens = new ArrayDeque<>(TOKEN.matcher(line).results().map(MatchResult::group).toList());
  }

  /** Requests by the syntax in a resource file of the folder {@code grammar}. */
  static Arbitrary<Request> of(String resource) {
    List<Tuple.Tuple2<Integer, Arbitrary<List<String>>>> commands = new ArrayList<>();
    for (String line : lines("grammar/" + resource)) {
      var weighted = WEIGHT.matcher(line);
      boolean hasWeight = weighted.matches();
      int weight = hasWeight ? Integer.parseInt(weighted.group(1)) : 1;
      Grammar grammar = new Grammar(hasWeight ? weighted.group(2) : line);
      commands.add(Tuple.of(weight, grammar.sequence()));
    }
    return withMistakes(Arbitraries.frequencyOf(commands)).map(Grammar::impatient).map(Request::of);
  }

  private static List<String> lines(String resource) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Grammar.class.getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .flatMap(
              line ->
                  line.startsWith(INCLUDE)
                      ? lines("grammar/" + line.substring(INCLUDE.length())).stream()
                      : Stream.of(line))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Arbitrary<List<String>> withMistakes(Arbitrary<List<String>> right) {
    Arbitrary<List<String>> wrong =
        Combinators.combine(
                right,
                Arbitraries.integers().between(1, 8),
                Words.named("junk"),
                Arbitraries.of("drop", "double", "replace", "append"))
            .as(Grammar::mistaken);
    return Arbitraries.frequencyOf(
        Tuple.of(40, right),
        Tuple.of(5, wrong),
        Tuple.of(
            2, Combinators.combine(right, Arbitraries.integers().between(0, 8)).as(Grammar::small)),
        Tuple.of(1, right.map(words -> prefixed("GETKEYS", words))),
        Tuple.of(1, right.map(words -> prefixed("GETKEYSANDFLAGS", words))));
  }

  private static List<String> mistaken(List<String> words, int place, String junk, String mistake) {
    List<String> changed = new ArrayList<>(words);
    int at = Math.min(place, changed.size() - 1);
    if (mistake.equals("append") || at == 0) {
      changed.add(junk);
    } else {
      switch (mistake) {
        case "drop" -> changed.remove(at);
        case "double" -> changed.add(at, changed.get(at));
        default -> changed.set(at, junk);
      }
    }
    return changed;
  }

  private static List<String> small(List<String> words, int place) {
    List<String> changed = new ArrayList<>(words);
    int at = Math.min(place, changed.size() - 1);
    changed.set(at, changed.get(at).toLowerCase(Locale.ROOT));
    return changed;
  }

  private static List<String> prefixed(String subcommand, List<String> words) {
    List<String> changed = new ArrayList<>(List.of("COMMAND", subcommand));
    changed.addAll(words);
    return changed;
  }

  /** A mistake may make a request wait for ever, or for longer than a comparison does. */
  private static List<String> impatient(List<String> words) {
    int block = words.indexOf("BLOCK");
    if (block > 0 && block + 1 < words.size() && words.get(block + 1).matches("[0-9]+")) {
      List<String> changed = new ArrayList<>(words);
      changed.set(block + 1, "1");
      return changed;
    }
    boolean timeoutFirst = words.get(0).equals("BLMPOP") || words.get(0).equals("BZMPOP");
    int at = timeoutFirst ? 1 : words.size() - 1;
    if (!words.get(0).matches("B[LRZ].*") || !words.get(at).matches("[0-9]{1,12}([.][0-9]*)?")) {
      return words;
    }
    List<String> changed = new ArrayList<>(words);
    changed.set(at, SHORT_WAIT);
    return changed;
  }

  private Arbitrary<List<String>> sequence() {
    List<Arbitrary<List<String>>> parts = new ArrayList<>();
    while (!tokens.isEmpty() && !"|])".contains(tokens.getFirst())) {
      parts.add(repeated(part()));
    }
    return joined(parts);
  }

  private Arbitrary<List<String>> choice() {
    List<Arbitrary<List<String>>> branches = new ArrayList<>();
    branches.add(sequence());
    while (tokens.getFirst().equals("|")) {
      tokens.removeFirst();
      branches.add(sequence());
    }
    tokens.removeFirst();
    return Arbitraries.oneOf(branches);
  }

  private Arbitrary<List<String>> part() {
    String token = tokens.removeFirst();
    return switch (token) {
      case "(" -> choice();
      case "[" -> Arbitraries.oneOf(List.of(Arbitraries.just(List.of()), choice()));
      default ->
          token.startsWith("<")
              ? Words.named(token.substring(1, token.length() - 1)).map(List::of)
              : Arbitraries.just(List.of(token));
    };
  }

  private Arbitrary<List<String>> repeated(Arbitrary<List<String>> part) {
    if (tokens.isEmpty() || !tokens.getFirst().equals("+")) {
      return part;
    }
    tokens.removeFirst();
    return part.list().ofMinSize(1).ofMaxSize(4).map(Grammar::flat);
  }

  private static Arbitrary<List<String>> joined(List<Arbitrary<List<String>>> parts) {
    return Combinators.combine(parts).as(Grammar::flat);
  }

  private static List<String> flat(List<List<String>> lists) {
    return lists.stream().flatMap(List::stream).toList();
  }
}
