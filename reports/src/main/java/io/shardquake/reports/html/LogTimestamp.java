package io.shardquake.reports.html;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the time in lines that servers log. Immutable. */
final class LogTimestamp {
  /** {@code 4711:M 01 Mar 2026 02:30:12.345 * message}, in the server's time zone. */
  private static final Pattern REDIS =
      Pattern.compile("^\\d+:[A-Z] (\\d{2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2}\\.\\d{3}) ");

  private static final DateTimeFormatter REDIS_TIME =
      DateTimeFormatter.ofPattern("dd MMM uuuu HH:mm:ss.SSS", Locale.ENGLISH);

  /** {@code 2026-03-01T02:30:12.345Z} at the beginning of a line. */
  private static final Pattern ISO =
      Pattern.compile("^(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?Z)\\b");

  private final ZoneId zone;

  LogTimestamp(ZoneId zone) {
    this.zone = zone;
  }

  /** The time of the line; empty if it does not begin with one that is known. */
  Optional<Instant> of(String line) {
    Matcher redis = REDIS.matcher(line);
    try {
      if (redis.find()) {
        return Optional.of(
            LocalDateTime.parse(redis.group(1), REDIS_TIME).atZone(zone).toInstant());
      }
      Matcher iso = ISO.matcher(line);
      return iso.find() ? Optional.of(Instant.parse(iso.group(1))) : Optional.empty();
    } catch (DateTimeParseException notATime) {
      return Optional.empty();
    }
  }
}
