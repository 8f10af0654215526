package io.shardquake.faults.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;

/**
 * Fault plans as JSON, both ways; {@code fault-plan.schema.json}, beside this class, is its schema.
 *
 * <pre>{@code
 * {"format": "shardquake-fault-plan/1",
 *  "faults": [
 *    {"kind": "kill", "on": "master-of(slot 42)", "at": "5s", "for": "10s", "draw": 7,
 *     "with": {}}]}
 * }</pre>
 *
 * To be read a fault needs {@code kind}, {@code on} and {@code at}. {@code for} is else {@code 0s},
 * {@code with} empty, and {@code draw} a number that follows from kind, selector and time.
 */
public final class FaultPlanJson {
  /** What a plan says that it is. */
  static final String FORMAT = "shardquake-fault-plan/1";

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final YAMLFactory YAML =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private FaultPlanJson() {}

  /**
   * Reads a plan.
   *
   * @param source what to call the text in error messages, a file's name for instance
   * @throws FaultPlanFormatException naming source, line, column and field
   */
  public static FaultPlan read(String text, String source) {
    try (JsonParser parser = JSON.createParser(new StringReader(text))) {
      return new FaultPlanReader(parser, source).read();
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from memory failed", impossible);
    }
  }

  /**
   * Reads a plan that is written in YAML: the same fields with less punctuation. JSON, being YAML
   * as well, is read too, but gets the messages of a YAML parser.
   *
   * @param source what to call the text in error messages, a file's name for instance
   * @throws FaultPlanFormatException naming source, line, column and field
   */
  public static FaultPlan readYaml(String text, String source) {
    try (JsonParser parser = YAML.createParser(new StringReader(text))) {
      return new FaultPlanReader(parser, source).read();
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from memory failed", impossible);
    }
  }

  /**
   * Reads a plan that is part of another document.
   *
   * @param source what to call that document in error messages
   * @throws FaultPlanFormatException naming source and field
   */
  public static FaultPlan fromTree(JsonNode tree, String source) {
    try (JsonParser parser = MAPPER.treeAsTokens(tree)) {
      return new FaultPlanReader(parser, source).read();
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from memory failed", impossible);
    }
  }

  /** The plan as a part of another document. */
  public static ObjectNode toTree(FaultPlan plan) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode().put("format", FORMAT);
    var faults = tree.putArray("faults");
    for (Fault fault : plan.faults()) {
      ObjectNode with =
          faults
              .addObject()
              .put("kind", fault.kind())
              .put("on", fault.on().toString())
              .put("at", DurationText.print(fault.at()))
              .put("for", DurationText.print(fault.duration()))
              .put("draw", fault.draw())
              .putObject("with");
      fault.parameters().forEach(with::put);
    }
    return tree;
  }

  /** The plan as a text of its own, indented, ending in a line feed. */
  public static String write(FaultPlan plan) {
    return toTree(plan).toPrettyString() + '\n';
  }
}
