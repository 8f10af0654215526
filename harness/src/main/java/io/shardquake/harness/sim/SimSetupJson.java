package io.shardquake.harness.sim;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.history.ValueJson;
import io.shardquake.faults.plan.DurationText;
import io.shardquake.harness.experiment.Experiment;
import io.shardquake.harness.sim.network.NetworkQuality;
import io.shardquake.harness.sim.node.MachineQuality;
import io.shardquake.harness.sim.run.World;
import io.shardquake.harness.sim.script.Script;
import io.shardquake.harness.sim.script.ScriptedRequest;
import io.shardquake.workloads.generator.Request;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a simulation takes place in, and what its clients ask if that is written down, as JSON, both
 * ways: what beside {@code experiment.json} is needed to simulate the same again.
 */
public final class SimSetupJson {
  private static final String FORMAT = "shardquake-simulation/1";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private SimSetupJson() {}

  /** The text, ending in a line feed. */
  public static String write(SimSetup setup) {
    ObjectNode tree = MAPPER.createObjectNode().put("format", FORMAT);
    World world = setup.world();
    tree.putObject("network")
        .put("leastMicros", world.network().leastMicros())
        .put("spreadMicros", world.network().spreadMicros())
        .put("slowLaneFactor", world.network().slowLaneFactor())
        .put("loss", world.network().loss())
        .put("retransmissionMillis", world.network().retransmissionMillis());
    tree.putObject("machine")
        .put("turnMicros", world.machine().turnMicros())
        .put("syncMicros", world.machine().syncMicros())
        .put("readMicros", world.machine().readMicros())
        .put("tickMillis", world.machine().tickMillis())
        .put("driftMillionths", world.machine().driftMillionths())
        .put("losesPower", world.machine().losesPower());
    tree.put("sampling", DurationText.print(world.sampling()));
    tree.put("mostEvents", world.mostEvents());
    if (!world.strays().isZero()) {
      tree.put("strays", DurationText.print(world.strays()));
    }
    try {
      if (setup.script().isPresent()) {
        ArrayNode requests = tree.putArray("requests");
        for (ScriptedRequest request : setup.script().get().requests()) {
          requests.add(requestTree(request));
        }
      }
      StringWriter text = new StringWriter();
      MAPPER.writerWithDefaultPrettyPrinter().writeValue(text, tree);
      return text + "\n";
    } catch (IOException impossible) {
      throw new UncheckedIOException("a tree could not be written", impossible);
    }
  }

  private static JsonNode requestTree(ScriptedRequest request) throws IOException {
    ObjectNode tree =
        MAPPER
            .createObjectNode()
            .put("at", request.atNanos())
            .put("worker", request.worker())
            .put("f", request.request().function());
    tree.set("key", valueTree(request.request().key()));
    tree.set("value", valueTree(request.request().value()));
    return tree;
  }

  private static JsonNode valueTree(Value value) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = MAPPER.getFactory().createGenerator(text)) {
      ValueJson.write(json, value);
    }
    return MAPPER.readTree(text.toString());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException with one line, if it is not that
   */
  public static SimSetup read(Experiment experiment, String text) {
    try {
      JsonNode tree = MAPPER.readTree(text);
      if (!tree.path("format").asText().equals(FORMAT)) {
        throw new IllegalArgumentException("its format is not '" + FORMAT + "'");
      }
      return new SimSetup(experiment, world(tree), script(tree));
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
    }
  }

  private static World world(JsonNode tree) {
    JsonNode network = field(tree, "network");
    JsonNode machine = field(tree, "machine");
    return new World(
        new NetworkQuality(
            field(network, "leastMicros").asInt(),
            field(network, "spreadMicros").asInt(),
            field(network, "slowLaneFactor").asInt(),
            field(network, "loss").asDouble(),
            field(network, "retransmissionMillis").asInt()),
        new MachineQuality(
            field(machine, "turnMicros").asInt(),
            field(machine, "syncMicros").asInt(),
            field(machine, "readMicros").asInt(),
            field(machine, "tickMillis").asInt(),
            field(machine, "driftMillionths").asInt(),
            field(machine, "losesPower").asBoolean()),
        DurationText.parse(field(tree, "sampling").asText()),
        field(tree, "mostEvents").asLong(),
        tree.has("strays") ? DurationText.parse(tree.get("strays").asText()) : Duration.ZERO);
  }

  private static Optional<Script> script(JsonNode tree) throws IOException {
    if (!tree.has("requests")) {
      return Optional.empty();
    }
    List<ScriptedRequest> requests = new ArrayList<>();
    for (JsonNode request : tree.get("requests")) {
      requests.add(
          new ScriptedRequest(
              field(request, "at").asLong(),
              field(request, "worker").asInt(),
              new Request(
                  field(request, "f").asText(),
                  value(field(request, "key")),
                  value(field(request, "value")))));
    }
    return Optional.of(new Script(requests));
  }

  private static Value value(JsonNode tree) throws IOException {
    try (TokenBuffer tokens = new TokenBuffer(MAPPER, false)) {
      MAPPER.writeValue(tokens, tree);
      try (var json = tokens.asParser()) {
        json.nextToken();
        return ValueJson.read(json);
      }
    }
  }

  private static JsonNode field(JsonNode tree, String name) {
    JsonNode found = tree.get(name);
    if (found == null) {
      throw new IllegalArgumentException("it has no '" + name + "'");
    }
    return found;
  }
}
