package io.shardquake.faults.plan;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One thing to be broken: what, where, when, for how long. Immutable.
 *
 * @param kind what to do, kebab-case, a name of the fault catalogue ({@code kill}, {@code pause})
 * @param on whom it strikes; resolved when it fires
 * @param at since the start of the traffic; not negative
 * @param duration how long it lasts; not negative. What lasts is the kind's to say: for {@code
 *     kill} the time until the node is started again
 * @param draw what a selector that draws lots ({@code random-master}) draws with. Each fault
 *     carries its own, so that taking one fault out of a plan changes the choice of no other
 * @param parameters what else the kind wants to know, by name
 */
public record Fault(
    String kind,
    Selector on,
    Duration at,
    Duration duration,
    long draw,
    SortedMap<String, String> parameters) {
  private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  public Fault {
    if (!KIND.matcher(kind).matches()) {
      throw new IllegalArgumentException(
          "not a kind of fault: '" + kind + "' (lower-case words joined by '-')");
    }
    requireTime("at", at);
    requireTime("for", duration);
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  /** A fault without parameters, whose draw follows from the rest of it. */
  public static Fault of(String kind, Selector on, Duration at, Duration duration) {
    return new Fault(
        kind, on, at, duration, Draw.derived(kind, on, at), Collections.emptySortedMap());
  }

  /** The same fault with one parameter more, or another value for it. */
  public Fault with(String parameter, String value) {
    Map<String, String> more = new TreeMap<>(parameters);
    more.put(parameter, value);
    return new Fault(kind, on, at, duration, draw, new TreeMap<>(more));
  }

  /** One line, as a person would say it: {@code kill random-master at 5s for 10s}. */
  public String describe() {
    StringBuilder text = new StringBuilder(kind).append(' ').append(on);
    text.append(" at ").append(DurationText.print(at));
    text.append(" for ").append(DurationText.print(duration));
    parameters.forEach((name, value) -> text.append(' ').append(name).append('=').append(value));
    return text.toString();
  }

  private static void requireTime(String name, Duration time) {
    if (time.isNegative() || time.compareTo(DurationText.LONGEST) > 0) {
      throw new IllegalArgumentException(
          "'" + name + "' must lie between 0s and 1000000h, not " + time);
    }
  }
}
