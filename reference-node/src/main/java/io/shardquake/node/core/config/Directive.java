package io.shardquake.node.core.config;

import java.util.List;
import java.util.Locale;
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

  /** A whole number, brought within bounds if it is out of them. */
  public record Clamped(Type number, long least, long most) implements Type {
    @Override
    public String canonical(String value) {
      long given = Long.parseLong(number.canonical(value));
      return Long.toString(Math.max(least, Math.min(most, given)));
    }
  }

  /** A number of bytes, with units, that must not be less than a bound. */
  public record Memory(long least) implements Type {
    @Override
    public String canonical(String value) {
      OptionalLong bytes = ByteCount.parse(value);
      if (bytes.isEmpty()) {
        throw new IllegalArgumentException("argument must be a memory value");
      }
      if (bytes.getAsLong() < least) {
        throw new IllegalArgumentException(
            "argument must be between " + least + " and " + Long.MAX_VALUE + " inclusive");
      }
      return Long.toString(bytes.getAsLong());
    }
  }

  /** A number of bytes, or a share of another such number. */
  public record MemoryOrPercent() implements Type {
    private static final int WHOLE = 100;

    @Override
    public String canonical(String value) {
      if (value.matches("(0|[1-9][0-9]{0,8})%")) {
        int share = Integer.parseInt(value.substring(0, value.length() - 1));
        if (share > WHOLE) {
          throw new IllegalArgumentException("percentage argument must be less or equal to 100");
        }
        return share == 0 ? "0" : value;
      }
      OptionalLong bytes = ByteCount.parse(value);
      if (bytes.isEmpty()) {
        throw new IllegalArgumentException("argument must be a memory or percent value");
      }
      return Long.toString(bytes.getAsLong());
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
