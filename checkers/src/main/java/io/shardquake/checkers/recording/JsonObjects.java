package io.shardquake.checkers.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON Lines files of objects of one kind. */
public final class JsonObjects {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private JsonObjects() {}

  /** Makes something of an object, or tells in an {@link IllegalArgumentException} why not. */
  @FunctionalInterface
  public interface Form<T> {
    T from(JsonObject object) throws IOException;
  }

  /**
   * Reads a whole file. A torn last line is dropped and remarked on.
   *
   * @throws MalformedRecordingException at the first line that is not one object of the form
   * @throws IOException if the file cannot be read
   */
  public static <T> Recorded<List<T>> read(Path file, Form<T> form) throws IOException {
    List<T> objects = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    try (JsonLinesReader lines = JsonLinesReader.open(file)) {
      while (lines.next()) {
        try {
          objects.add(form.from(parse(lines)));
        } catch (JsonProcessingException | CharacterCodingException problem) {
          remarks.add(lines.tornOrMalformed(problem));
        } catch (IllegalArgumentException problem) {
          throw lines.malformed(String.valueOf(problem.getMessage()));
        }
      }
    }
    return new Recorded<>(objects, remarks);
  }

  private static JsonObject parse(JsonLinesReader lines) throws IOException {
    CharBuffer text =
        StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(lines.buffer(), lines.start(), lines.end() - lines.start()));
    JsonNode node = JSON.readTree(text.toString());
    if (!node.isObject()) {
      throw new IllegalArgumentException("the line is not a JSON object");
    }
    return new JsonObject(node);
  }
}
