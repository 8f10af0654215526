package io.shardquake.harness.cluster.fix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shardquake.harness.cluster.move.KeyText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Keeps the copies of keys that a repair has to remove: one JSON object a line, on the disk before
 * the copy goes. Not thread-safe.
 */
public final class RescueFile {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final Path path;
  private int count;

  /**
   * @param path created when the first copy is kept; one that exists is added to
   */
  public RescueFile(Path path) {
    this.path = path;
  }

  /**
   * A copy of a key that was not being served.
   *
   * @param encodedKey its name in Base64
   * @param slot of the key
   * @param heldBy address of the node that the copy was on
   * @param served address of the node whose copy stays
   * @param timeToLive milliseconds; -1 if it does not expire
   * @param encodedPayload in Base64, as DUMP gives it and RESTORE takes it
   */
  public record Copy(
      String encodedKey,
      int slot,
      String heldBy,
      String served,
      long timeToLive,
      String encodedPayload) {
    static Copy of(
        byte[] key, int slot, String heldBy, String served, long timeToLive, byte[] payload) {
      Base64.Encoder base64 = Base64.getEncoder();
      return new Copy(
          base64.encodeToString(key),
          slot,
          heldBy,
          served,
          timeToLive,
          base64.encodeToString(payload));
    }

    /** The key's name. */
    public byte[] key() {
      return Base64.getDecoder().decode(encodedKey);
    }

    /** The serialized value. */
    public byte[] payload() {
      return Base64.getDecoder().decode(encodedPayload);
    }
  }

  public Path path() {
    return path;
  }

  /** How many copies were kept. */
  public int count() {
    return count;
  }

  /** Keeps a copy; it is on the disk when this returns. */
  void keep(Copy copy) throws IOException {
    ObjectNode line = JSON.createObjectNode();
    line.put("keyText", KeyText.of(copy.key()));
    line.put("key", copy.encodedKey());
    line.put("slot", copy.slot());
    line.put("heldBy", copy.heldBy());
    line.put("served", copy.served());
    line.put("timeToLive", copy.timeToLive());
    line.put("payload", copy.encodedPayload());
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    try (FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(true);
    }
    count++;
  }

  /**
   * Reads the copies back.
   *
   * @throws IOException naming the line that is not one
   */
  public static List<Copy> read(Path path) throws IOException {
    List<Copy> copies = new ArrayList<>();
    List<String> lines = Files.readAllLines(path);
    for (int i = 0; i < lines.size(); i++) {
      try {
        JsonNode line = JSON.readTree(lines.get(i));
        Copy copy =
            new Copy(
                line.required("key").asText(),
                line.required("slot").asInt(),
                line.required("heldBy").asText(),
                line.required("served").asText(),
                line.required("timeToLive").asLong(),
                line.required("payload").asText());
        requirePayload(copy);
        copies.add(copy);
      } catch (IllegalArgumentException | IOException e) {
        throw new IOException("line " + (i + 1) + " of " + path + " is no rescued key", e);
      }
    }
    return copies;
  }

  private static void requirePayload(Copy copy) {
    if (copy.payload().length == 0) {
      throw new IllegalArgumentException(
          "no value of " + KeyText.of(copy.key()) + " is kept there");
    }
  }
}
