package io.shardquake.harness.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads amounts of memory: {@code 512m}, {@code 2g}, {@code 1048576}; a kilobyte is 1,024 bytes.
 */
final class ByteSizeConverter implements ITypeConverter<Long> {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})([kmgKMG]?)[bB]?");

  @Override
  public Long convert(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches() || Long.parseLong(form.group(1)) == 0) {
      throw new TypeConversionException(
          "not an amount of memory: '" + text + "' (write 512m or 2g)");
    }
    int shift =
        switch (form.group(2).toLowerCase(Locale.ROOT)) {
          case "g" -> 30;
          case "m" -> 20;
          case "k" -> 10;
          default -> 0;
        };
    return Long.parseLong(form.group(1)) << shift;
  }
}
