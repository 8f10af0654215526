package io.shardquake.node.differential;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What may differ between the two sides: times that were read a moment apart, and what the table
 * {@code differences.txt} lists, command by command, with the reason.
 */
final class Tolerance {
  private static final long MILLIS_APART = 3000;
  private static final long PRESENT_MILLIS = 1_600_000_000_000L;

  /** How the replies of a command are compared. */
  private enum Way {
    EXACT,
    /** Elements in any order. */
    UNORDERED,
    /** Pairs of elements in any order. */
    PAIRS,
    /** The elements in any order, where all are there. */
    SCAN,
    /** The words of every text in any order. */
    WORDS,
    /** The elements in any order, and theirs, and so on. */
    DEEP,
    /** Kinds and lengths only. */
    SHAPE,
    /** Numbers may be a few seconds' worth of milliseconds apart. */
    MILLIS,
    /** Any reply, as long as both succeed or both fail. */
    OUTCOME
  }

  private final Map<String, Way> ways = new TreeMap<>();

  Tolerance() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Tolerance.class.getResourceAsStream("differences.txt")),
                StandardCharsets.UTF_8))) {
      for (String line : reader.lines().toList()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] words = line.split(" +", 3);
          ways.put(words[0], Way.valueOf(words[1].toUpperCase(Locale.ROOT)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a reply of ours does for one of theirs. */
  boolean agree(Request request, Reply theirs, Reply ours) {
    if (theirs.isError() && theirs.text().startsWith("ERR Error compiling ")) {
      // The compiler here does not tell near which word.
      return ours.isError() && theirs.text().startsWith(ours.text());
    }
    Way way = wayOfMessage(theirs).orElseGet(() -> way(request));
    return switch (way) {
      case EXACT -> same(theirs, ours, 0);
      case UNORDERED -> theirs.sorted(1).equals(ours.sorted(1));
      case PAIRS -> theirs.sorted(2).equals(ours.sorted(2));
      case WORDS -> wordsSorted(theirs).equals(wordsSorted(ours));
      case DEEP -> deeplySorted(theirs).equals(deeplySorted(ours));
      case SCAN -> sameScan(theirs, ours);
      case SHAPE -> sameShape(theirs, ours);
      case MILLIS -> same(theirs, ours, MILLIS_APART);
      case OUTCOME -> theirs.isError() == ours.isError();
    };
  }

  /** A client that subscribes gets replies to what it asked before. */
  private static Optional<Way> wayOfMessage(Reply reply) {
    if (reply.elements().isEmpty()) {
      return Optional.empty();
    }
    return switch (reply.elements().get(0).text()) {
      // Of several channels at once, in the order of a hash table.
      case "unsubscribe", "punsubscribe", "sunsubscribe" -> Optional.of(Way.SHAPE);
      // HELLO's, which holds the number of the client.
      case "server" -> Optional.of(Way.SHAPE);
      default -> Optional.empty();
    };
  }

  private Way way(Request request) {
    if (request.name().equals("CONFIG") && request.words().size() > 2 && asksForAll(request)) {
      return Way.SHAPE; // Ports and directories are each side's own.
    }
    if (request.words().size() > 1) {
      Way sub = ways.get(request.name() + "|" + request.word(1).toUpperCase(Locale.ROOT));
      if (sub != null) {
        return sub;
      }
    }
    return ways.getOrDefault(request.name(), Way.EXACT);
  }

  private static String wordsSorted(Reply reply) {
    return reply.kind()
        + Stream.of(reply.text().split(" ", -1)).sorted().toList().toString()
        + reply.elements().stream().map(Tolerance::wordsSorted).toList();
  }

  private static String deeplySorted(Reply reply) {
    return reply.kind()
        + reply.text()
        + reply.elements().stream().map(Tolerance::deeplySorted).sorted().toList();
  }

  private static boolean asksForAll(Request request) {
    return request.words().stream().anyMatch(word -> word.length == 1 && word[0] == '*');
  }

  /** How far a step goes through a table, and what it sees, follow from a random seed. */
  private static boolean sameScan(Reply theirs, Reply ours) {
    if (theirs.elements().size() != 2 || ours.elements().size() != 2) {
      return theirs.equals(ours);
    }
    boolean complete = isComplete(theirs) && isComplete(ours);
    return !complete || theirs.elements().get(1).sorted(1).equals(ours.elements().get(1).sorted(1));
  }

  private static boolean isComplete(Reply scan) {
    return scan.elements().get(0).text().equals("0");
  }

  private static boolean sameShape(Reply theirs, Reply ours) {
    if (theirs.kind() != ours.kind() || theirs.elements().size() != ours.elements().size()) {
      return false;
    }
    if (theirs.isError()) {
      return theirs.equals(ours);
    }
    for (int i = 0; i < theirs.elements().size(); i++) {
      if (!sameShape(theirs.elements().get(i), ours.elements().get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(Reply theirs, Reply ours, long apart) {
    if (theirs.kind() != ours.kind() || theirs.elements().size() != ours.elements().size()) {
      return false;
    }
    if (!theirs.text().equals(ours.text())
        && !close(theirs.text(), ours.text(), theirs.kind() == ':' ? apart : 0)) {
      return false;
    }
    for (int i = 0; i < theirs.elements().size(); i++) {
      if (!same(theirs.elements().get(i), ours.elements().get(i), apart)) {
        return false;
      }
    }
    return true;
  }

  /** Whether two propagated requests are the same but for times read a moment apart. */
  static boolean same(Request theirs, Request ours) {
    if (theirs.words().size() != ours.words().size()) {
      return false;
    }
    for (int i = 0; i < theirs.words().size(); i++) {
      String word = theirs.word(i);
      if (!word.equals(ours.word(i)) && !close(word, ours.word(i), 0)) {
        return false;
      }
    }
    return true;
  }

  /** Whether both are numbers close enough, or points in time close enough. */
  private static boolean close(String theirs, String ours, long apart) {
    if (!theirs.matches("-?\\d{1,18}") || !ours.matches("-?\\d{1,18}")) {
      return false;
    }
    long a = Long.parseLong(theirs);
    long b = Long.parseLong(ours);
    long allowed = a > PRESENT_MILLIS ? MILLIS_APART : a > PRESENT_MILLIS / 1000 ? 3 : apart;
    return Math.abs(a - b) <= allowed;
  }
}
