package io.shardquake.node.core.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One configuration directive of Redis: its name, its kind of value and its default.
 *
 * @param name lower case, as CONFIG GET prints it
 * @param alias its older name; empty if it has none
 * @param type what its values look like
 * @param defaultValue as CONFIG GET prints it
 * @param change when CONFIG SET may change it
 */
public record Directive(String name, String alias, Type type, String defaultValue, Change change) {

  /** When a directive may be changed. */
  public enum Change {
    ANY_TIME,
    /** Only if the configuration file allows protected settings to be changed. */
    PROTECTED,
    NEVER
  }

  /** Kinds of values. */
  public interface Type {
    /**
     * The canonical form of a value.
     *
     * @throws IllegalArgumentException whose message is Redis's complaint about the value
     */
    String canonical(String value);

    /** As {@link #canonical(String)}, for a value that may leave parts of the old one as is. */
    default String canonical(String value, String old) {
      return canonical(value);
    }
  }

  /** {@code yes} or {@code no}. */
  public record YesNo() implements Type {
    @Override
    public String canonical(String value) {
      String lower = value.toLowerCase(Locale.ROOT);
      if (!lower.equals("yes") && !lower.equals("no")) {
        throw new IllegalArgumentException("argument must be 'yes' or 'no'");
      }
      return lower;
    }
  }

  /** One of some words. */
  public record OneOf(List<String> words) implements Type {
    @Override
    public String canonical(String value) {
      String lower = value.toLowerCase(Locale.ROOT);
      if (!words.contains(lower)) {
        throw new IllegalArgumentException(
            "argument(s) must be one of the following: " + String.join(", ", words));
      }
      return lower;
    }
  }

  /** A whole number within bounds, both included. */
  public record Whole(long least, long most) implements Type {
    @Override
    public String canonical(String value) {
      long number;
      try {
        number = Long.parseLong(value);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("argument couldn't be parsed into an integer", e);
      }
      if (number < least || number > most) {
        throw new IllegalArgumentException(
            "argument must be between " + least + " and " + most + " inclusive");
      }
      return Long.toString(number);
    }
  }

  /** A number of bytes, with units. */
  public record Memory() implements Type {
    @Override
    public String canonical(String value) {
      OptionalLong bytes = parse(value);
      if (bytes.isEmpty()) {
        throw new IllegalArgumentException("argument must be a memory value");
      }
      return Long.toString(bytes.getAsLong());
    }

    private static OptionalLong parse(String value) {
      String lower = value.toLowerCase(Locale.ROOT);
      int digits = 0;
      while (digits < lower.length() && Character.isDigit(lower.charAt(digits))) {
        digits++;
      }
      Optional<Long> factor =
          switch (lower.substring(digits)) {
            case "", "b" -> Optional.of(1L);
            case "k" -> Optional.of(1000L);
            case "kb" -> Optional.of(1024L);
            case "m" -> Optional.of(1000_000L);
            case "mb" -> Optional.of(1024L * 1024);
            case "g" -> Optional.of(1000_000_000L);
            case "gb" -> Optional.of(1024L * 1024 * 1024);
            default -> Optional.empty();
          };
      if (factor.isEmpty() || digits == 0 || digits > 18) {
        return OptionalLong.empty();
      }
      try {
        return OptionalLong.of(
            Math.multiplyExact(Long.parseLong(lower.substring(0, digits)), factor.get()));
      } catch (ArithmeticException e) {
        return OptionalLong.empty();
      }
    }
  }

  /** Any text. */
  public record Text() implements Type {
    @Override
    public String canonical(String value) {
      return value;
    }
  }
}
