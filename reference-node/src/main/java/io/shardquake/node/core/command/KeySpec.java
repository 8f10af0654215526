package io.shardquake.node.core.command;

import io.shardquake.node.core.resp.StrictInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where in a command's arguments its keys are (Redis documentation, "Command key specifications").
 *
 * @param flags words of COMMAND's reply: RO, RW, OW or RM, then access, update, insert, delete,
 *     not_key, incomplete, variable_flags
 * @param begin where to start looking
 * @param find which arguments from there are keys
 */
public record KeySpec(List<String> flags, Begin begin, Find find) {

  /** Where to start looking. */
  public sealed interface Begin {
    /** The argument to start at; -1 if there is none. */
    int locate(byte[][] arguments);

    /** At an argument's number; the command's name is 0. */
    record Index(int index) implements Begin {
      @Override
      public int locate(byte[][] arguments) {
        return index;
      }
    }

    /**
     * After a keyword.
     *
     * @param startFrom the argument from which to look for it; negative counts from the end
     */
    record Keyword(String keyword, int startFrom) implements Begin {
      @Override
      public int locate(byte[][] arguments) {
        boolean backwards = startFrom < 0;
        int from = backwards ? arguments.length + startFrom : startFrom;
        for (int i = from; i > 0 && i < arguments.length; i += backwards ? -1 : 1) {
          String word = new String(arguments[i], StandardCharsets.ISO_8859_1);
          if (word.equalsIgnoreCase(keyword)) {
            return i + 1;
          }
        }
        return -1;
      }
    }

    /** Cannot be said. */
    record Unknown() implements Begin {
      @Override
      public int locate(byte[][] arguments) {
        return -1;
      }
    }
  }

  /** Which arguments are keys. */
  public sealed interface Find {
    /**
     * Adds the numbers of the arguments that are keys.
     *
     * @return false, and nothing is added, if the arguments cannot be right
     */
    boolean collect(int begin, byte[][] arguments, List<Integer> found);

    private static boolean add(int first, int last, int step, int count, List<Integer> found) {
      if (first >= count || last >= count || last < first) {
        return false;
      }
      for (int i = first; i <= last; i += step) {
        found.add(i);
      }
      return true;
    }

    /**
     * A range.
     *
     * @param lastKey relative to the beginning; negative counts from the end of the arguments
     * @param keyStep distance from key to key
     * @param limit 2 and above: stop at that part of what remains (1/limit)
     */
    record Range(int lastKey, int keyStep, int limit) implements Find {
      @Override
      public boolean collect(int begin, byte[][] arguments, List<Integer> found) {
        int last = begin + lastKey;
        if (lastKey < 0) {
          last =
              limit >= 2
                  ? begin + (arguments.length - begin) / limit + lastKey
                  : arguments.length + lastKey;
        }
        return Find.add(begin, last, keyStep, arguments.length, found);
      }
    }

    /**
     * As many as an argument says.
     *
     * @param keyNumberIndex where that argument is, relative to the beginning
     * @param firstKey where the first key is, relative to the beginning
     */
    record KeyNumber(int keyNumberIndex, int firstKey, int keyStep) implements Find {
      @Override
      public boolean collect(int begin, byte[][] arguments, List<Integer> found) {
        int at = begin + keyNumberIndex;
        if (at >= arguments.length) {
          return false;
        }
        long count;
        try {
          count = StrictInteger.parse(arguments[at], 0, arguments[at].length);
        } catch (ErrorReply notANumber) {
          return false;
        }
        int first = begin + firstKey;
        return count > 0
            && count <= arguments.length
            && Find.add(first, first + (int) count - 1, keyStep, arguments.length, found);
      }
    }

    /** Cannot be said. */
    record Unknown() implements Find {
      @Override
      public boolean collect(int begin, byte[][] arguments, List<Integer> found) {
        return false;
      }
    }
  }

  public KeySpec {
    flags = List.copyOf(flags);
  }

  /**
   * Adds the numbers of the arguments that are keys by this specification.
   *
   * @return false if the arguments cannot be right, or the specification does not tell all keys
   */
  boolean locate(byte[][] arguments, List<Integer> found) {
    if (begin instanceof Begin.Unknown) {
      return false;
    }
    int first = begin.locate(arguments);
    return first < 0 || (find.collect(first, arguments, found) && !flags.contains("incomplete"));
  }

  /** Whether what it finds are keys, and not channels that are hashed alike. */
  boolean isOfKeys() {
    return !flags.contains("not_key");
  }

  /** Parses a key specification of commands.txt. */
  static KeySpec parse(String text) {
    int colon = text.indexOf(':');
    List<String> flags = new ArrayList<>();
    String[] words = text.substring(0, colon).split("\\+", 2);
    flags.add(words[0]);
    if (words.length == 2) {
      words[1].chars().forEach(c -> flags.add(modifier((char) c)));
    }
    String rest = text.substring(colon + 1);
    int comma = rest.indexOf(',');
    return new KeySpec(flags, begin(rest.substring(0, comma)), find(rest.substring(comma + 1)));
  }

  private static String modifier(char letter) {
    return switch (letter) {
      case 'a' -> "access";
      case 'u' -> "update";
      case 'i' -> "insert";
      case 'd' -> "delete";
      case 'n' -> "not_key";
      case 'c' -> "incomplete";
      case 'v' -> "variable_flags";
      default -> throw new IllegalArgumentException("no key flag has the letter " + letter);
    };
  }

  private static Begin begin(String text) {
    return switch (text.charAt(0)) {
      case 'I' -> new Begin.Index(Integer.parseInt(text.substring(1)));
      case 'K' -> {
        int at = text.indexOf('@');
        yield new Begin.Keyword(
            text.substring(1, at).toLowerCase(Locale.ROOT),
            Integer.parseInt(text.substring(at + 1)));
      }
      default -> new Begin.Unknown();
    };
  }

  private static Find find(String text) {
    if (text.equals("?")) {
      return new Find.Unknown();
    }
    String[] numbers = text.substring(1).split("/", 3);
    int first = Integer.parseInt(numbers[0]);
    int second = Integer.parseInt(numbers[1]);
    int third = Integer.parseInt(numbers[2]);
    return text.charAt(0) == 'R'
        ? new Find.Range(first, second, third)
        : new Find.KeyNumber(first, second, third);
  }
}
