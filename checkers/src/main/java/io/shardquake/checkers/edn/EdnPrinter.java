package io.shardquake.checkers.edn;

import io.shardquake.checkers.history.Value;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Writes values as EDN that {@link EdnParser} reads back as equal values. Not thread-safe. */
final class EdnPrinter implements Value.Visitor<StringBuilder> {
  private final StringBuilder out;

  EdnPrinter(StringBuilder out) {
    this.out = out;
  }

  /** The text of one value. */
  static String print(Value value) {
    return value.accept(new EdnPrinter(new StringBuilder())).toString();
  }

  @Override
  public StringBuilder nil() {
    return out.append("nil");
  }

  @Override
  public StringBuilder bool(boolean value) {
    return out.append(value);
  }

  @Override
  public StringBuilder integer(long value) {
    return out.append(value);
  }

  @Override
  public StringBuilder real(double value) {
    if (Double.isNaN(value)) {
      return out.append("##NaN");
    }
    if (Double.isInfinite(value)) {
      return out.append(value > 0 ? "##Inf" : "##-Inf");
    }
    return out.append(value);
  }

  @Override
  public StringBuilder text(String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> out.append(c);
      }
    }
    return out.append('"');
  }

  @Override
  public StringBuilder bytes(Value.Bytes value) {
    out.append('#').append(EdnTags.BYTES).append(' ');
    return text(Base64.getEncoder().encodeToString(value.toArray()));
  }

  @Override
  public StringBuilder keyword(String name) {
    if (EdnNames.isPlain(name)) {
      return out.append(':').append(name);
    }
    out.append('#').append(EdnTags.KEYWORD).append(' ');
    return text(name);
  }

  @Override
  public StringBuilder sequence(List<Value> items) {
    String separator = "[";
    for (Value item : items) {
      out.append(separator);
      item.accept(this);
      separator = " ";
    }
    return out.append(items.isEmpty() ? "[]" : "]");
  }

  @Override
  public StringBuilder mapping(Map<String, Value> entries) {
    String separator = "{";
    for (Map.Entry<String, Value> entry : entries.entrySet()) {
      out.append(separator);
      EdnNames.toKey(entry.getKey()).accept(this);
      out.append(' ');
      entry.getValue().accept(this);
      separator = ", ";
    }
    return out.append(entries.isEmpty() ? "{}" : "}");
  }

  @Override
  public StringBuilder tagged(String tag, Value value) {
    if (value instanceof Value.Text text && isVerbatim(tag, text.value())) {
      return verbatim(tag, text.value());
    }
    boolean writable = EdnNames.isPlain(tag) && Character.isLetter(tag.charAt(0));
    if (tag.equals(EdnTags.NAME) || (writable && !EdnTags.isReserved(tag))) {
      out.append('#').append(tag).append(' ');
      return value.accept(this);
    }
    out.append('#').append(EdnTags.TAGGED).append(' ');
    return sequence(List.of(Value.of(tag), value));
  }

  /** Whether the text is such that EDN spells this kind of value so. */
  private static boolean isVerbatim(String tag, String text) {
    return switch (tag) {
      case EdnTags.SYMBOL -> EdnParser.isSymbol(text) && EdnNames.isPlain(text);
      case EdnTags.CHARACTER -> text.length() == 1;
      case EdnTags.BIG_INTEGER -> EdnNumbers.isBigInteger(text);
      case EdnTags.DECIMAL -> EdnNumbers.isDecimal(text);
      case EdnTags.RATIO -> EdnNumbers.isRatio(text);
      default -> false;
    };
  }

  private StringBuilder verbatim(String tag, String text) {
    return switch (tag) {
      case EdnTags.BIG_INTEGER -> out.append(text).append('N');
      case EdnTags.DECIMAL -> out.append(text).append('M');
      case EdnTags.CHARACTER -> out.append(String.format("\\u%04x", (int) text.charAt(0)));
      default -> out.append(text);
    };
  }
}
