package io.shardquake.reports;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.history.ValueJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@code verdict.json} holds.
 *
 * @param operations how many operations had been recorded
 */
public record SavedVerdict(RunSummary run, Verdict verdict, long operations) {
  private static final ObjectMapper JSON = new ObjectMapper();

  private interface Reading<T> {
    T of(JsonNode document) throws IOException;
  }

  static SavedVerdict read(Path file) throws IOException {
    return read(
        file,
        document ->
            new SavedVerdict(
                run(field(document, "run")),
                verdict(field(document, "verdict")),
                number(field(document, "evidence"), "operations").longValue()));
  }

  static Verdict readPart(Path file) throws IOException {
    return read(file, document -> verdict(field(document, "verdict")));
  }

  private static <T> T read(Path file, Reading<T> reading) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      JsonNode document = JSON.readTree(bytes);
      int version = number(document, "version").intValue();
      if (version != VerdictJson.VERSION) {
        throw new IllegalArgumentException(
            "it is of version " + version + ", this program reads " + VerdictJson.VERSION);
      }
      return reading.of(document);
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is not JSON: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException(file + " is not a verdict: " + e.getMessage(), e);
    }
  }

  private static RunSummary run(JsonNode run) {
    Map<String, String> versions = new LinkedHashMap<>();
    field(run, "versions")
        .properties()
        .forEach(v -> versions.put(v.getKey(), v.getValue().asText()));
    List<PlannedFault> plan = new ArrayList<>();
    for (JsonNode fault : field(run, "plan")) {
      plan.add(
          new PlannedFault(
              number(fault, "number").intValue(),
              text(fault, "kind"),
              text(fault, "where"),
              number(fault, "atNanos").longValue(),
              number(fault, "durationNanos").longValue()));
    }
    JsonNode seed = field(run, "seed");
    JsonNode start = field(run, "start");
    return new RunSummary(
        text(run, "name"),
        text(run, "commandLine"),
        seed.isNull() ? Optional.empty() : Optional.of(seed.longValue()),
        text(run, "target"),
        text(run, "server"),
        versions,
        start.isNull() ? Optional.empty() : Optional.of(Instant.parse(start.asText())),
        Duration.ofNanos(number(run, "durationNanos").longValue()),
        text(run, "contract"),
        plan,
        Path.of(text(run, "runDirectory")));
  }

  private static Verdict verdict(JsonNode verdict) throws IOException {
    List<Finding> findings = new ArrayList<>();
    for (JsonNode finding : field(verdict, "findings")) {
      findings.add(finding(finding));
    }
    List<Verdict> parts = new ArrayList<>();
    for (JsonNode part : field(verdict, "parts")) {
      parts.add(verdict(part));
    }
    return new Verdict(
        text(verdict, "checker"),
        Validity.valueOf(text(verdict, "validity")),
        text(verdict, "reason"),
        findings,
        mapping(verdict, "statistics"),
        parts);
  }

  private static Finding finding(JsonNode finding) throws IOException {
    List<Long> operations = new ArrayList<>();
    field(finding, "operations").forEach(index -> operations.add(index.longValue()));
    return new Finding(
        text(finding, "kind"),
        Finding.Severity.valueOf(text(finding, "severity")),
        text(finding, "summary"),
        text(finding, "explanation"),
        operations,
        mapping(finding, "data"));
  }

  private static Value.Mapping mapping(JsonNode node, String name) throws IOException {
    try (JsonParser parser = JSON.treeAsTokens(field(node, name))) {
      parser.nextToken();
      if (ValueJson.read(parser) instanceof Value.Mapping mapping) {
        return mapping;
      }
    }
    throw new IllegalArgumentException("'" + name + "' is no object");
  }

  private static String text(JsonNode node, String name) {
    JsonNode text = field(node, name);
    if (!text.isTextual()) {
      throw new IllegalArgumentException("'" + name + "' is no text");
    }
    return text.textValue();
  }

  private static Number number(JsonNode node, String name) {
    JsonNode number = field(node, name);
    if (!number.canConvertToLong()) {
      throw new IllegalArgumentException("'" + name + "' is no whole number");
    }
    return number.numberValue();
  }

  private static JsonNode field(JsonNode node, String name) {
    JsonNode field = node.get(name);
    if (field == null) {
      throw new IllegalArgumentException("'" + name + "' is missing");
    }
    return field;
  }
}
