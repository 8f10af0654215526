package io.shardquake.harness.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shardquake.harness.cli.Console;

/**
 * What a verb says: its story in lines for people, or, if JSON was asked for, one object at the end
 * with the story on standard error.
 *
 * @param json whether JSON was asked for
 */
record Narration(Console console, boolean json) {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final String RESET = "\u001b[0m";

  /** One line of the story. */
  void line(String text) {
    if (json) {
      console.err().println(text);
    } else {
      console.out().println(console.liveOut() ? coloured(text) : text);
    }
  }

  /** Lines of the story. */
  void lines(Iterable<String> texts) {
    texts.forEach(this::line);
  }

  private static String coloured(String text) {
    if (text.startsWith("[OK]")) {
      return "\u001b[32m" + text + RESET;
    }
    if (text.startsWith("[ERR]")) {
      return "\u001b[31m" + text + RESET;
    }
    return text.startsWith("[WARNING]") ? "\u001b[33m" + text + RESET : text;
  }

  ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** The result, where JSON was asked for. */
  void result(JsonNode result) {
    if (json) {
      console.out().println(result.toPrettyString());
    }
  }
}
