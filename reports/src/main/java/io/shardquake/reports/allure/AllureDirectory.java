package io.shardquake.reports.allure;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.UUID;

/** A directory {@code allure-results}: results are added to it, and Allure makes a site of it. */
public final class AllureDirectory {
  /** Longer files stay where they are: a site is to be passed around. */
  private static final long LONGEST_ATTACHMENT = 8L << 20;

  private static final Map<String, String> TYPES =
      Map.of("html", "text/html", "json", "application/json", "xml", "text/xml");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path directory;

  private AllureDirectory(Path directory) {
    this.directory = directory;
  }

  /**
   * Makes the directory if it is missing, and writes the categories of failures.
   *
   * @throws IOException if that is not possible
   */
  public static AllureDirectory open(Path directory) throws IOException {
    Files.createDirectories(directory);
    AllureDirectory opened = new AllureDirectory(directory);
    opened.writeCategories();
    return opened;
  }

  private void writeCategories() throws IOException {
    ArrayNode categories = MAPPER.createArrayNode();
    category(categories, "Lost write", "(?s).*(lost|gone|missing write).*", "failed");
    category(
        categories, "Unavailable", "(?s).*(unavailable|no owner|not served|coverage).*", "failed");
    category(categories, "Broken promise", ".*", "failed");
    category(categories, "Undecided or harness error", ".*", "broken");
    Files.writeString(directory.resolve("categories.json"), categories.toPrettyString());
  }

  private static void category(ArrayNode categories, String name, String message, String status) {
    ObjectNode category = categories.addObject();
    category.put("name", name);
    category.put("messageRegex", message);
    category.putArray("matchedStatuses").add(status);
  }

  /**
   * Writes a result, and copies of its attachments.
   *
   * @throws IOException if that is not possible
   */
  public void add(AllureResult result) throws IOException {
    String history = id(result.history());
    // The same result written again takes its own place.
    String own = id(result.history() + result.parameters() + result.start());
    ObjectNode tree = MAPPER.createObjectNode();
    tree.put("uuid", own);
    tree.put("historyId", history);
    tree.put("testCaseId", history);
    tree.put("name", result.name());
    tree.put("fullName", result.history());
    tree.put("status", result.status());
    tree.put("stage", "finished");
    tree.put("start", result.start());
    tree.put("stop", result.stop());
    if (!result.message().isEmpty()) {
      tree.putObject("statusDetails").put("message", result.message());
    }
    pairs(tree.putArray("labels"), result.labels());
    pairs(tree.putArray("parameters"), result.parameters());
    ArrayNode steps = tree.putArray("steps");
    for (AllureResult.Step step : result.steps()) {
      ObjectNode node = steps.addObject();
      node.put("name", step.name());
      node.put("status", step.fine() ? "passed" : "failed");
      node.put("stage", "finished");
      node.put("start", step.start());
      node.put("stop", step.stop());
    }
    attach(tree.putArray("attachments"), own, result);
    Files.writeString(directory.resolve(own + "-result.json"), tree.toPrettyString());
  }

  private static void pairs(ArrayNode list, Map<String, String> pairs) {
    pairs.forEach((name, value) -> list.addObject().put("name", name).put("value", value));
  }

  private void attach(ArrayNode list, String own, AllureResult result) throws IOException {
    int number = 0;
    for (Map.Entry<String, Path> attachment : result.attachments().entrySet()) {
      Path file = attachment.getValue();
      if (!Files.isRegularFile(file) || Files.size(file) > LONGEST_ATTACHMENT) {
        continue;
      }
      String name = String.valueOf(file.getFileName());
      String ending = name.substring(name.lastIndexOf('.') + 1);
      String source = own + "-" + number++ + "-attachment." + ending;
      Files.copy(file, directory.resolve(source), StandardCopyOption.REPLACE_EXISTING);
      ObjectNode node = list.addObject();
      node.put("name", attachment.getKey());
      node.put("source", source);
      node.put("type", TYPES.getOrDefault(ending, "text/plain"));
    }
  }

  private static String id(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
