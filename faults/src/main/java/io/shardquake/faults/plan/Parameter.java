package io.shardquake.faults.plan;

import java.util.Arrays;
import java.util.List;

/**
 * Something that a fault may be told beside whom, when and for how long. Immutable.
 *
 * @param meaning in one line
 * @param usual its value where a fault says nothing; empty if there is none
 * @param form what it may look like
 */
public record Parameter(String meaning, String usual, Form form) {

  /** What a value may look like. */
  @FunctionalInterface
  public interface Form {
    /**
     * Refuses what is none.
     *
     * @throws IllegalArgumentException with one line that says what is wrong and what is possible
     */
    void check(String value);
  }

  /** A length of time. */
  public static Parameter time(String meaning, String usual) {
    return new Parameter(meaning, usual, DurationText::parse);
  }

  /** One of some words. */
  public static Parameter word(String meaning, String usual, List<String> words) {
    return new Parameter(meaning, usual, value -> requireKnown(value, words));
  }

  /** Some of some words, joined by commas. */
  public static Parameter words(String meaning, String usual, List<String> words) {
    return new Parameter(
        meaning, usual, value -> split(value).forEach(word -> requireKnown(word, words)));
  }

  /** A whole number between two, both included. */
  public static Parameter whole(String meaning, String usual, long least, long most) {
    return new Parameter(
        meaning,
        usual,
        value -> {
          try {
            long number = Long.parseLong(value);
            if (number < least || number > most) {
              throw new IllegalArgumentException(
                  "must lie between " + least + " and " + most + ", not " + value);
            }
          } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a whole number: '" + value + "'", e);
          }
        });
  }

  /** A number between 0 and 1, both included. */
  public static Parameter share(String meaning, String usual) {
    return new Parameter(
        meaning,
        usual,
        value -> {
          try {
            double number = Double.parseDouble(value);
            if (!(number >= 0 && number <= 1)) {
              throw new IllegalArgumentException("must lie between 0 and 1, not " + value);
            }
          } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a number: '" + value + "'", e);
          }
        });
  }

  /** The words of a list joined by commas. */
  public static List<String> split(String value) {
    return Arrays.stream(value.split(",", -1)).map(String::strip).toList();
  }

  private static void requireKnown(String value, List<String> words) {
    if (!words.contains(value)) {
      throw new IllegalArgumentException("'" + value + "' is none of " + String.join(", ", words));
    }
  }
}
