package io.shardquake.harness.target;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What somebody says of a cluster that runs already: where its nodes are, and by which commands
 * they can be broken.
 *
 * <pre>{@code
 * nodes:
 *   - {name: n1, host: 10.0.0.1, port: 6379}
 * hooks:
 *   kill: ssh "$HOST" sudo systemctl kill -s KILL redis
 *   start: ssh "$HOST" sudo systemctl start redis
 * }</pre>
 *
 * @param nodes at least one, in the order in which plans number them
 * @param hooks what can be done to them
 */
record ExternalCluster(List<Node> nodes, Map<Hook, String> hooks) {
  ExternalCluster {
    nodes = List.copyOf(nodes);
    hooks = Map.copyOf(hooks);
  }

  /** Where a node is reached. */
  record Node(String name, String host, int port) {}

  /** Commands for {@code sh -c}, each for one node. */
  enum Hook {
    KILL,
    STOP,
    START,
    PAUSE,
    RESUME,
    DISCONNECT,
    CONNECT,
    /** Prints running, paused or dead. */
    STATUS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static Hook named(String text) {
      return Arrays.stream(values())
          .filter(hook -> hook.toString().equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "hooks."
                          + text
                          + ": there is no such hook (there are "
                          + Arrays.stream(values())
                              .map(Hook::toString)
                              .collect(Collectors.joining(", "))
                          + ")"));
    }
  }

  Optional<String> hook(Hook hook) {
    return Optional.ofNullable(hooks.get(hook));
  }

  /**
   * Reads a description, in YAML or JSON.
   *
   * @throws IllegalArgumentException in one line what is wrong with it
   */
  static ExternalCluster read(Path file) {
    try {
      return parse(new YAMLMapper().readTree(Files.readString(file)));
    } catch (JsonProcessingException e) {
      String place =
          e.getLocation() == null
              ? ""
              : ":" + e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr();
      throw new IllegalArgumentException(
          file + place + ": " + e.getOriginalMessage().lines().findFirst().orElse(""), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file + ": " + OneLine.of(e), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static ExternalCluster parse(JsonNode tree) {
    requireFields(tree, "", List.of("nodes", "hooks"));
    List<Node> nodes = new ArrayList<>();
    for (JsonNode node : tree.path("nodes")) {
      String path = "nodes[" + nodes.size() + "]";
      requireFields(node, path + ".", List.of("name", "host", "port"));
      int port = node.path("port").asInt();
      if (!node.path("host").isTextual() || port < 1 || port > 65535) {
        throw new IllegalArgumentException(path + ": needs a host, and a port from 1 to 65535");
      }
      String name = node.path("name").asText("n" + (nodes.size() + 1));
      nodes.add(new Node(name, node.path("host").asText(), port));
    }
    if (nodes.stream().map(Node::name).distinct().count() != nodes.size() || nodes.isEmpty()) {
      throw new IllegalArgumentException("nodes: at least one, each with a name of its own");
    }
    Map<Hook, String> hooks = new TreeMap<>();
    tree.path("hooks")
        .properties()
        .forEach(
            hook -> {
              if (!hook.getValue().isTextual()) {
                throw new IllegalArgumentException("hooks." + hook.getKey() + ": must be a string");
              }
              hooks.put(Hook.named(hook.getKey()), hook.getValue().asText());
            });
    return new ExternalCluster(nodes, hooks);
  }

  private static void requireFields(JsonNode tree, String path, List<String> known) {
    if (!tree.isObject()) {
      throw new IllegalArgumentException(
          path + "must be an object with " + String.join(", ", known));
    }
    tree.fieldNames()
        .forEachRemaining(
            field -> {
              if (!known.contains(field)) {
                throw new IllegalArgumentException(
                    path
                        + field
                        + ": there is no such field (there are "
                        + String.join(", ", known)
                        + ")");
              }
            });
  }
}
