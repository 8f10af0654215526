package io.shardquake.harness.certify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shardquake.checkers.Validity;
import io.shardquake.harness.conformance.Outcome;
import io.shardquake.harness.conformance.Promise;
import io.shardquake.harness.conformance.Promises;
import io.shardquake.harness.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Certificates as JSON, both ways. */
public final class CertificateJson {
  /** The name of the file. */
  public static final String FILE = "certificate.json";

  private static final String FORMAT = "shardquake-certificate/1";
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private CertificateJson() {}

  /**
   * A certificate that was read.
   *
   * @param digest what it says is its digest
   */
  public record Read(Certificate certificate, String digest) {}

  /** Renders it. */
  public static String render(Certificate certificate) {
    ObjectNode tree = MAPPER.createObjectNode();
    tree.put("format", FORMAT);
    tree.put("verdict", certificate.validity().toString());
    tree.put("digest", certificate.digest());
    putSubject(tree.putObject("subject"), certificate.subject());
    ObjectNode totals = tree.putObject("totals");
    for (Outcome outcome : Outcome.values()) {
      totals.put(outcome.toString(), certificate.count(outcome));
    }
    putPromises(tree.putArray("promises"), certificate.promises());
    putTrials(tree.putArray("experiments"), certificate.trials());
    try {
      return MAPPER.writeValueAsString(tree) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException("a tree could not be written", impossible);
    }
  }

  private static void putSubject(ObjectNode tree, Certificate.Subject subject) {
    tree.put("product", subject.product());
    tree.put("version", subject.version());
    tree.put("build", subject.build());
    tree.put("sha256", subject.sha256());
    tree.put("target", subject.target());
    tree.put("configuration", subject.configuration());
    tree.put("profile", subject.profile());
    tree.put("level", subject.level());
    tree.put("date", subject.date());
    tree.put("harness", subject.harness());
  }

  private static void putPromises(ArrayNode list, List<Certificate.PromiseEntry> entries) {
    Promises promises = Promises.load();
    for (Certificate.PromiseEntry entry : entries) {
      Promise promise = promises.promise(entry.id());
      ObjectNode tree = list.addObject();
      tree.put("id", entry.id());
      tree.put("kind", promise.kind().name().toLowerCase(Locale.ROOT));
      tree.put("promise", promise.text());
      tree.put("outcome", entry.outcome().toString());
      tree.put("detail", entry.detail());
      tree.put("evidence", entry.evidence());
      tree.put("sha256", entry.sha256());
    }
  }

  private static void putTrials(ArrayNode list, List<Certificate.TrialEntry> entries) {
    for (Certificate.TrialEntry entry : entries) {
      ObjectNode tree = list.addObject();
      tree.put("name", entry.name());
      tree.put("seed", entry.seed());
      tree.put("verdict", entry.validity().toString());
      tree.put("reason", entry.reason());
      tree.put("run", entry.run());
      tree.put("sha256", entry.sha256());
    }
  }

  /**
   * Reads the file.
   *
   * @throws StoreException if it cannot be read or is no certificate, with one line that says why
   */
  public static Read read(Path file) throws StoreException {
    Path path = Files.isDirectory(file) ? file.resolve(FILE) : file;
    try {
      JsonNode tree = MAPPER.readTree(Files.readString(path));
      if (tree == null || !text(tree, "format").equals(FORMAT)) {
        throw new IllegalArgumentException("its format is not " + FORMAT);
      }
      List<Certificate.PromiseEntry> promises = new ArrayList<>();
      field(tree, "promises").forEach(entry -> promises.add(promise(entry)));
      List<Certificate.TrialEntry> trials = new ArrayList<>();
      field(tree, "experiments").forEach(entry -> trials.add(trial(entry)));
      return new Read(
          new Certificate(subject(field(tree, "subject")), promises, trials), text(tree, "digest"));
    } catch (JsonProcessingException e) {
      throw new StoreException(path + " is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw StoreException.reading(path, e);
    } catch (IllegalArgumentException e) {
      throw new StoreException(path + " is not a certificate: " + e.getMessage());
    }
  }

  private static Certificate.Subject subject(JsonNode tree) {
    return new Certificate.Subject(
        text(tree, "product"),
        text(tree, "version"),
        text(tree, "build"),
        text(tree, "sha256"),
        text(tree, "target"),
        text(tree, "configuration"),
        text(tree, "profile"),
        text(tree, "level"),
        text(tree, "date"),
        text(tree, "harness"));
  }

  private static Certificate.PromiseEntry promise(JsonNode tree) {
    String name = text(tree, "outcome");
    Outcome outcome =
        Arrays.stream(Outcome.values())
            .filter(it -> it.toString().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no outcome " + name));
    return new Certificate.PromiseEntry(
        Promises.load().promise(text(tree, "id")).id(),
        outcome,
        text(tree, "detail"),
        text(tree, "evidence"),
        text(tree, "sha256"));
  }

  private static Certificate.TrialEntry trial(JsonNode tree) {
    return new Certificate.TrialEntry(
        text(tree, "name"),
        field(tree, "seed").longValue(),
        Validity.valueOf(text(tree, "verdict")),
        text(tree, "reason"),
        text(tree, "run"),
        text(tree, "sha256"));
  }

  private static JsonNode field(JsonNode tree, String name) {
    return Optional.ofNullable(tree.get(name))
        .orElseThrow(() -> new IllegalArgumentException("it has no '" + name + "'"));
  }

  private static String text(JsonNode tree, String name) {
    return field(tree, name).asText();
  }
}
