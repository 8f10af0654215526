package io.shardquake.harness.defects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.shardquake.faults.plan.DurationText;
import io.shardquake.faults.plan.FaultPlan;
import io.shardquake.faults.plan.FaultPlanJson;
import io.shardquake.harness.campaign.Fingerprint;
import io.shardquake.harness.experiment.Contract;
import io.shardquake.harness.experiment.Experiment;
import io.shardquake.harness.experiment.Traffic;
import io.shardquake.harness.sim.SimSetup;
import io.shardquake.harness.sim.network.NetworkQuality;
import io.shardquake.harness.sim.node.MachineQuality;
import io.shardquake.harness.sim.run.World;
import io.shardquake.harness.target.ClusterOptions;
import io.shardquake.harness.target.ClusterOptions.AppendFsync;
import io.shardquake.node.core.defect.Defect;
import io.shardquake.workloads.WorkloadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads {@code defect-rows.yaml}; what a row does not say is as it stands here. */
final class DefectRows {
  private static final String FILE = "defect-rows.yaml";
  private static final Duration RECOVERY = Duration.ofSeconds(60);
  private static final Set<String> FIELDS =
      Set.of(
          "defect",
          "by",
          "workload",
          "time",
          "faults",
          "seed",
          "seeds",
          "quick",
          "masters",
          "replicas",
          "node-timeout",
          "appendfsync",
          "directives",
          "clients",
          "rate",
          "timeout",
          "keys",
          "per-key",
          "reads",
          "value-bytes",
          "slow-machines",
          "slow-network");

  private DefectRows() {}

  /** All rows, in the order of the file. */
  static List<DefectRow> all() {
    try (InputStream file = DefectRows.class.getResourceAsStream(FILE)) {
      return read(new YAMLMapper().readTree(file));
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be read", e);
    }
  }

  static List<DefectRow> read(JsonNode rows) {
    List<DefectRow> all = new ArrayList<>();
    rows.forEach(row -> all.add(row(row)));
    return all;
  }

  private static DefectRow row(JsonNode row) {
    for (Iterator<String> names = row.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!FIELDS.contains(name)) {
        throw new IllegalArgumentException("a row has no field '" + name + "': " + row);
      }
    }
    Defect defect = Defect.named(row.get("defect").asText()).orElseThrow();
    String[] by = row.get("by").asText().split(": ", 2);
    return new DefectRow(
        defect,
        new Fingerprint(by[0], by[1]),
        new SimSetup(experiment(row, defect), world(row)),
        row.path("seeds").asInt(5),
        row.path("quick").asBoolean(false));
  }

  private static Experiment experiment(JsonNode row, Defect defect) {
    return new Experiment(
        "defect-" + defect,
        "sim",
        cluster(row).withDefects(Set.of(defect)),
        row.get("workload").asText(),
        new WorkloadOptions(
            row.path("keys").asInt(20),
            row.path("per-key").asInt(200),
            row.path("reads").asDouble(0.5),
            row.path("value-bytes").asInt(0)),
        new Traffic(
            row.path("clients").asInt(8),
            OptionalDouble.of(row.path("rate").asDouble(100)),
            time(row, "timeout", "500ms")),
        plan(row),
        Contract.REDIS_CLUSTER,
        row.path("seed").asLong(1),
        time(row, "time", "15s"),
        RECOVERY);
  }

  private static FaultPlan plan(JsonNode row) {
    return row.has("faults")
        ? FaultPlanJson.fromTree(
            JsonNodeFactory.instance.objectNode().set("faults", row.get("faults")), FILE)
        : FaultPlan.EMPTY;
  }

  private static ClusterOptions cluster(JsonNode row) {
    List<String> directives = new ArrayList<>();
    row.path("directives").forEach(line -> directives.add(line.asText()));
    return ClusterOptions.DEFAULT
        .withShape(row.path("masters").asInt(3), row.path("replicas").asInt(1))
        .withNodeTimeout(time(row, "node-timeout", "1s"))
        .withAppendFsync(
            AppendFsync.valueOf(
                row.path("appendfsync").asText("everysec").toUpperCase(Locale.ROOT)))
        .withWiring(ClusterOptions.Wiring.PROXIED)
        .withDirectives(directives);
  }

  private static World world(JsonNode row) {
    NetworkQuality network =
        row.path("slow-network").asBoolean(false)
            ? new NetworkQuality(500, 5000, 3, 0, 200)
            : NetworkQuality.GOOD;
    MachineQuality machine =
        row.path("slow-machines").asBoolean(false)
            ? new MachineQuality(50, 2000, 200, 80, 100, false)
            : MachineQuality.GOOD;
    return new World(
        network,
        machine,
        World.GOOD.sampling(),
        World.GOOD.mostEvents(),
        time(row, "strays", "0s"));
  }

  private static Duration time(JsonNode row, String name, String otherwise) {
    return DurationText.parse(
        Optional.ofNullable(row.get(name)).map(JsonNode::asText).orElse(otherwise));
  }
}
