package io.shardquake.harness.cluster.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shardquake.harness.cluster.NodeReport;
import io.shardquake.harness.cluster.plan.SlotMove;
import io.shardquake.harness.cluster.state.ClusterSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a reshard set out to do, kept in a file until it is done: begun again after an interruption,
 * it moves the slots that are left, instead of as many again.
 *
 * @param request what was asked for, in words; the same request continues
 * @param moves all that it came to
 */
public record UnfinishedReshard(String request, List<SlotMove> moves) {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  public UnfinishedReshard {
    moves = List.copyOf(moves);
  }

  /** Writes the file so that it is there whole or not at all. */
  public void save(Path path) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("request", request);
    ArrayNode list = root.putArray("moves");
    moves.forEach(
        move ->
            list.addObject()
                .put("slot", move.slot())
                .put("from", move.from())
                .put("to", move.to()));
    Path next = path.resolveSibling(path.getFileName() + ".new");
    Files.write(next, JSON.writeValueAsBytes(root));
    Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Reads the file; empty if there is none.
   *
   * @throws IOException in one line if it holds something else
   */
  public static Optional<UnfinishedReshard> load(Path path) throws IOException {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try {
      JsonNode root = JSON.readTree(path.toFile());
      List<SlotMove> moves = new ArrayList<>();
      for (JsonNode move : root.required("moves")) {
        moves.add(
            new SlotMove(
                move.required("slot").asInt(),
                move.required("from").asText(),
                move.required("to").asText()));
      }
      return Optional.of(new UnfinishedReshard(root.required("request").asText(), moves));
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(path + " is not the plan of a reshard: remove it, or name another", e);
    }
  }

  /** What has been moved. */
  public List<SlotMove> arrived(ClusterSnapshot snapshot) {
    return moves.stream()
        .filter(move -> snapshot.owners(move.slot()).size() == 1)
        .filter(move -> snapshot.owners(move.slot()).get(0).id().equals(move.to()))
        .toList();
  }

  /** What is still to be moved; from whoever owns it by now. */
  public List<SlotMove> left(ClusterSnapshot snapshot) {
    List<SlotMove> left = new ArrayList<>();
    for (SlotMove move : moves) {
      List<NodeReport> owners = snapshot.owners(move.slot());
      String from = owners.size() == 1 ? owners.get(0).id() : move.from();
      if (!from.equals(move.to())) {
        left.add(new SlotMove(move.slot(), from, move.to()));
      }
    }
    return left;
  }
}
