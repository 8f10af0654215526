package io.shardquake.reports.html;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Serial;
import java.util.Locale;

/**
 * JSON that can stand inside a script element of HTML whatever the strings in it are: neither
 * {@code <}, {@code >} nor {@code &} occurs in it, so that no end tag, comment or character
 * reference can; and nothing but ASCII, so that neither U+2028 nor half a surrogate pair can do
 * harm.
 */
final class ScriptSafeJson {
  private final ObjectMapper mapper =
      new ObjectMapper(
          new JsonFactoryBuilder()
              .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
              .characterEscapes(new MarkupEscapes())
              .build());

  /** The value, a tree of records, lists, maps, strings, numbers and truth values. */
  String write(Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a page's data must be plain: " + e.getMessage(), e);
    }
  }

  private static final class MarkupEscapes extends CharacterEscapes {
    @Serial private static final long serialVersionUID = 1;

    private final int[] ascii = CharacterEscapes.standardAsciiEscapesForJSON();

    MarkupEscapes() {
      for (char c : new char[] {'<', '>', '&', '\'', '\u007f'}) {
        ascii[c] = CharacterEscapes.ESCAPE_CUSTOM;
      }
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ascii.clone();
    }

    @Override
    public SerializableString getEscapeSequence(int character) {
      return new SerializedString(String.format(Locale.ROOT, "\\u%04x", character));
    }
  }
}
