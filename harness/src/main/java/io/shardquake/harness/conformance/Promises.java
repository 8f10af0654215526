package io.shardquake.harness.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The list of promises, in the order of their identifiers. Immutable.
 *
 * @param chapters titles by letter
 * @param promises by identifier
 * @param untestable why some cannot be tested from outside, by identifier
 */
public record Promises(
    SortedMap<String, String> chapters,
    SortedMap<String, Promise> promises,
    SortedMap<String, String> untestable) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public Promises {
    chapters = Collections.unmodifiableSortedMap(new TreeMap<>(chapters));
    promises = Collections.unmodifiableSortedMap(new TreeMap<>(promises));
    untestable = Collections.unmodifiableSortedMap(new TreeMap<>(untestable));
  }

  /** The list that comes with this build. */
  public static Promises load() {
    JsonNode tree = resource("promises.json");
    SortedMap<String, Promise> promises = new TreeMap<>();
    for (JsonNode entry : tree.get("promises")) {
      Promise promise =
          new Promise(
              entry.get("id").textValue(),
              Promise.Kind.valueOf(entry.get("kind").textValue().toUpperCase(Locale.ROOT)),
              entry.get("text").textValue(),
              entry.get("sources").textValue());
      promises.put(promise.id(), promise);
    }
    return new Promises(texts(tree.get("chapters")), promises, texts(resource("untestable.json")));
  }

  /**
   * The promise with this identifier.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Promise promise(String id) {
    return Optional.ofNullable(promises.get(id))
        .orElseThrow(() -> new IllegalArgumentException("there is no promise " + id));
  }

  static SortedMap<String, String> texts(JsonNode tree) {
    Map<String, String> texts = new LinkedHashMap<>();
    tree.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().textValue()));
    return new TreeMap<>(texts);
  }

  static JsonNode resource(String name) {
    try (InputStream content = Promises.class.getResourceAsStream(name)) {
      if (content == null) {
        throw new IllegalStateException("this build lacks " + name);
      }
      return MAPPER.readTree(content);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
