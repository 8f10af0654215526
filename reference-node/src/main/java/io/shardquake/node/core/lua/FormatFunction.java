package io.shardquake.node.core.lua;

import io.shardquake.node.core.resp.RealNumber;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.Varargs;

/** {@code string.format}: C's {@code printf} without pointers. */
final class FormatFunction {
  private final String flags;
  private final int width;
  private final int precision;

  /**
   * One conversion.
   *
   * @param precision -1 if none is given
   */
  private FormatFunction(String flags, int width, int precision) {
    this.flags = flags;
    this.width = width;
    this.precision = precision;
  }

  static Varargs format(NativeFunction.Arguments arguments) {
    byte[] pattern = Bytes.of(arguments.string(1));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int next = 2;
    for (int i = 0; i < pattern.length; i++) {
      if (pattern[i] != '%') {
        out.write(pattern[i]);
      } else if (i + 1 < pattern.length && pattern[i + 1] == '%') {
        out.write('%');
        i++;
      } else {
        int end = i + 1;
        while (end < pattern.length && "-+ #0123456789.".indexOf(pattern[end]) >= 0) {
          end++;
        }
        if (end >= pattern.length) {
          throw new LuaError("invalid option '%' to 'format'");
        }
        String options = new String(pattern, i + 1, end - i - 1, StandardCharsets.US_ASCII);
        out.writeBytes(parse(options).convert((char) pattern[end], arguments, next++));
        i = end;
      }
    }
    return LuaString.valueOf(out.toByteArray());
  }

  private static FormatFunction parse(String options) {
    int at = 0;
    while (at < options.length() && "-+ #0".indexOf(options.charAt(at)) >= 0) {
      at++;
    }
    String flags = options.substring(0, at);
    String[] numbers = options.substring(at).split("\\.", 2);
    if (numbers[0].length() > 2 || (numbers.length > 1 && numbers[1].length() > 2)) {
      throw new LuaError("invalid format (width or precision too long)");
    }
    int width = numbers[0].isEmpty() ? 0 : Integer.parseInt(numbers[0]);
    int precision =
        numbers.length == 1 ? -1 : numbers[1].isEmpty() ? 0 : Integer.parseInt(numbers[1]);
    return new FormatFunction(flags, width, precision);
  }

  private byte[] convert(char kind, NativeFunction.Arguments arguments, int index) {
    if (index > arguments.count() && "cdiouxXeEfgGqs".indexOf(kind) >= 0) {
      throw arguments.wrong(index, "no value");
    }
    return switch (kind) {
      case 'c' -> padded(new byte[] {(byte) arguments.number(index)});
      case 'd', 'i' -> number(whole((long) arguments.number(index)));
      case 'u' -> number(digits(Long.toUnsignedString((long) arguments.number(index))));
      case 'o' -> number(digits(Long.toOctalString((long) arguments.number(index))));
      case 'x' -> number(hexadecimal((long) arguments.number(index)));
      case 'X' -> number(hexadecimal((long) arguments.number(index)).toUpperCase(Locale.ROOT));
      case 'e', 'f', 'g' -> number(real(kind, arguments.number(index)));
      case 'E', 'G' ->
          number(
              real(Character.toLowerCase(kind), arguments.number(index)).toUpperCase(Locale.ROOT));
      case 'q' -> quoted(Bytes.of(arguments.string(index)));
      case 's' -> padded(cut(Bytes.of(arguments.string(index))));
      default -> throw new LuaError("invalid option '%" + kind + "' to 'format'");
    };
  }

  private byte[] cut(byte[] text) {
    return precision >= 0 && precision < text.length ? Arrays.copyOf(text, precision) : text;
  }

  private String whole(long value) {
    String text = digits(value < 0 ? Long.toString(value).substring(1) : Long.toString(value));
    return value < 0 ? "-" + text : signed(text);
  }

  private String signed(String text) {
    return flags.contains("+") ? "+" + text : flags.contains(" ") ? " " + text : text;
  }

  private String digits(String text) {
    return "0".repeat(Math.max(0, precision - text.length())) + text;
  }

  private String hexadecimal(long value) {
    return (flags.contains("#") && value != 0 ? "0x" : "") + digits(Long.toHexString(value));
  }

  private String real(char kind, double value) {
    if (Double.isNaN(value)) {
      return "-nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? signed("inf") : "-inf";
    }
    int places = precision < 0 ? 6 : precision;
    String text =
        switch (kind) {
          case 'f' ->
              new BigDecimal(value).setScale(places, RoundingMode.HALF_EVEN).toPlainString();
          case 'e' -> scientific(value, places);
          default -> RealNumber.format(value, Math.max(1, places));
        };
    if (text.startsWith("-")) {
      return text;
    }
    return 1 / value < 0 ? "-" + text : signed(text);
  }

  private static String scientific(double value, int places) {
    BigDecimal exact = new BigDecimal(value);
    BigDecimal rounded = exact.round(new MathContext(places + 1, RoundingMode.HALF_EVEN));
    int exponent = value == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    String mantissa = rounded.scaleByPowerOfTen(-exponent).setScale(places).toPlainString();
    int magnitude = Math.abs(exponent);
    return mantissa + "e" + (exponent < 0 ? "-" : "+") + (magnitude < 10 ? "0" : "") + magnitude;
  }

  private byte[] number(String text) {
    boolean finite = Character.isLetterOrDigit(text.charAt(text.length() - 1)) && !isName(text);
    if (flags.contains("0") && !flags.contains("-") && finite && text.length() < width) {
      int sign = "+- ".indexOf(text.charAt(0)) >= 0 ? 1 : 0;
      text = text.substring(0, sign) + "0".repeat(width - text.length()) + text.substring(sign);
    }
    return padded(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean isName(String text) {
    return text.endsWith("nan") || text.endsWith("inf");
  }

  private byte[] padded(byte[] text) {
    if (text.length >= width) {
      return text;
    }
    byte[] all = new byte[width];
    Arrays.fill(all, (byte) ' ');
    int at = flags.contains("-") ? 0 : width - text.length;
    System.arraycopy(text, 0, all, at, text.length);
    return all;
  }

  private static byte[] quoted(byte[] text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write('"');
    for (byte b : text) {
      switch (b) {
        case '"', '\\', '\n' -> {
          out.write('\\');
          out.write(b);
        }
        case '\r' -> out.writeBytes("\\r".getBytes(StandardCharsets.US_ASCII));
        case 0 -> out.writeBytes("\\000".getBytes(StandardCharsets.US_ASCII));
        default -> out.write(b);
      }
    }
    out.write('"');
    return out.toByteArray();
  }
}
