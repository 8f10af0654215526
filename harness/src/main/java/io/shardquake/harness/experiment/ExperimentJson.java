package io.shardquake.harness.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shardquake.faults.plan.DurationText;
import io.shardquake.faults.plan.FaultPlanJson;
import io.shardquake.harness.store.RunDirectory;
import io.shardquake.harness.store.StoreException;
import io.shardquake.harness.target.ClusterOptions;
import io.shardquake.node.core.defect.Defect;
import io.shardquake.workloads.WorkloadOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Experiments as JSON, both ways. Lengths of time are written as on the command line. */
public final class ExperimentJson {
  private static final String FORMAT = "shardquake-experiment/1";
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private ExperimentJson() {}

  /**
   * Writes the file as a whole.
   *
   * @throws StoreException if it cannot be written
   */
  public static void write(ExperimentRecord written, Path file) throws StoreException {
    try {
      RunDirectory.writeWhole(file, MAPPER.writeValueAsString(toTree(written)) + "\n");
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException("a tree could not be written", impossible);
    }
  }

  /**
   * Reads the file.
   *
   * @throws StoreException if it cannot be read or is not an experiment, with one line that says
   *     why
   */
  public static ExperimentRecord read(Path file) throws StoreException {
    try {
      return fromTree(MAPPER.readTree(Files.readString(file)), file.toString());
    } catch (JsonProcessingException e) {
      throw new StoreException(file + " is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw StoreException.reading(file, e);
    } catch (IllegalArgumentException e) {
      throw new StoreException(file + " is not an experiment: " + e.getMessage());
    }
  }

  static ObjectNode toTree(ExperimentRecord written) {
    Experiment experiment = written.experiment();
    ObjectNode tree = MAPPER.createObjectNode();
    tree.put("format", FORMAT);
    tree.put("name", experiment.name());
    tree.put("target", experiment.target());
    putCluster(tree.putObject("cluster"), experiment.cluster());
    tree.put("workload", experiment.workload());
    putWorkload(tree.putObject("workloadOptions"), experiment.workloadOptions());
    putTraffic(tree.putObject("traffic"), experiment.traffic());
    tree.put("contract", experiment.contract().toString());
    tree.put("seed", experiment.seed());
    tree.put("time", DurationText.print(experiment.time()));
    tree.put("recoveryBound", DurationText.print(experiment.recoveryBound()));
    tree.set("plan", FaultPlanJson.toTree(experiment.plan()));
    Provenance provenance = written.provenance();
    tree.put("start", provenance.start().toString());
    tree.put("commandLine", provenance.commandLine());
    tree.put("server", provenance.server());
    provenance.versions().forEach(tree.putObject("versions")::put);
    return tree;
  }

  static ExperimentRecord fromTree(JsonNode tree, String source) {
    String format = text(tree, "format");
    if (!format.equals(FORMAT)) {
      throw new IllegalArgumentException("its format is '" + format + "', not '" + FORMAT + "'");
    }
    Experiment experiment =
        new Experiment(
            text(tree, "name"),
            text(tree, "target"),
            cluster(field(tree, "cluster")),
            text(tree, "workload"),
            workload(field(tree, "workloadOptions")),
            traffic(field(tree, "traffic")),
            FaultPlanJson.fromTree(field(tree, "plan"), source),
            Contract.parse(text(tree, "contract")),
            number(tree, "seed").longValue(),
            duration(tree, "time"),
            duration(tree, "recoveryBound"));
    Map<String, String> versions = new LinkedHashMap<>();
    field(tree, "versions")
        .properties()
        .forEach(entry -> versions.put(entry.getKey(), entry.getValue().asText()));
    return new ExperimentRecord(
        experiment,
        new Provenance(
            Instant.parse(text(tree, "start")),
            text(tree, "commandLine"),
            text(tree, "server"),
            versions));
  }

  private static void putCluster(ObjectNode tree, ClusterOptions cluster) {
    tree.put("masters", cluster.masters());
    tree.put("replicasPerMaster", cluster.replicasPerMaster());
    tree.put("nodeTimeout", DurationText.print(cluster.nodeTimeout()));
    cluster.server().ifPresent(server -> tree.put("server", server.toString()));
    tree.put("appendFsync", cluster.appendFsync().name().toLowerCase(Locale.ROOT));
    tree.put("wiring", cluster.wiring().name().toLowerCase(Locale.ROOT));
    if (!cluster.defects().isEmpty()) {
      ArrayNode defects = tree.putArray("defects");
      cluster.defects().forEach(defect -> defects.add(defect.title()));
    }
    tree.put("shimmed", cluster.shimmed());
    cluster.directives().forEach(tree.putArray("directives")::add);
  }

  private static ClusterOptions cluster(JsonNode tree) {
    List<String> directives = new ArrayList<>();
    field(tree, "directives").forEach(line -> directives.add(line.asText()));
    return new ClusterOptions(
        number(tree, "masters").intValue(),
        number(tree, "replicasPerMaster").intValue(),
        duration(tree, "nodeTimeout"),
        Optional.ofNullable(tree.get("server")).map(server -> Path.of(server.asText())),
        ClusterOptions.AppendFsync.valueOf(text(tree, "appendFsync").toUpperCase(Locale.ROOT)),
        tree.has("wiring")
            ? ClusterOptions.Wiring.valueOf(text(tree, "wiring").toUpperCase(Locale.ROOT))
            : ClusterOptions.Wiring.DIRECT,
        tree.path("shimmed").asBoolean(),
        defects(tree),
        directives);
  }

  private static Set<Defect> defects(JsonNode tree) {
    EnumSet<Defect> defects = EnumSet.noneOf(Defect.class);
    for (JsonNode name : tree.path("defects")) {
      defects.add(
          Defect.named(name.asText())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException("no defect is called '" + name.asText() + "'")));
    }
    return defects;
  }

  private static void putWorkload(ObjectNode tree, WorkloadOptions options) {
    tree.put("activeKeys", options.activeKeys());
    tree.put("operationsPerKey", options.operationsPerKey());
    tree.put("readShare", options.readShare());
    tree.put("valueBytes", options.valueBytes());
  }

  private static WorkloadOptions workload(JsonNode tree) {
    return new WorkloadOptions(
        number(tree, "activeKeys").intValue(),
        number(tree, "operationsPerKey").intValue(),
        number(tree, "readShare").doubleValue(),
        number(tree, "valueBytes").intValue());
  }

  private static void putTraffic(ObjectNode tree, Traffic traffic) {
    tree.put("concurrency", traffic.concurrency());
    traffic.rate().ifPresent(rate -> tree.put("rate", rate));
    tree.put("operationTimeout", DurationText.print(traffic.operationTimeout()));
  }

  private static Traffic traffic(JsonNode tree) {
    return new Traffic(
        number(tree, "concurrency").intValue(),
        tree.has("rate")
            ? OptionalDouble.of(number(tree, "rate").doubleValue())
            : OptionalDouble.empty(),
        duration(tree, "operationTimeout"));
  }

  private static JsonNode field(JsonNode tree, String name) {
    JsonNode found = tree.get(name);
    if (found == null) {
      throw new IllegalArgumentException("it has no '" + name + "'");
    }
    return found;
  }

  private static String text(JsonNode tree, String name) {
    JsonNode found = field(tree, name);
    if (!found.isTextual()) {
      throw new IllegalArgumentException("its '" + name + "' is not a text: " + found);
    }
    return found.textValue();
  }

  private static Number number(JsonNode tree, String name) {
    JsonNode found = field(tree, name);
    if (!found.isNumber()) {
      throw new IllegalArgumentException("its '" + name + "' is not a number: " + found);
    }
    return found.numberValue();
  }

  private static Duration duration(JsonNode tree, String name) {
    return DurationText.parse(text(tree, name));
  }
}
