package io.shardquake.harness.sim.trace;

import io.shardquake.harness.sim.node.SimNode;
import io.shardquake.harness.sim.node.Witness;
import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Input;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Writes a line about everything that every node is told and does: of two simulations that should
 * be the same, the first line that differs says where they part. Content is told by length and
 * digest.
 */
public final class TraceLines implements Witness {
  private final Consumer<String> lines;
  private final CRC32C content = new CRC32C();

  /** Hands each line, without its end, to the sink. */
  public TraceLines(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void turning(SimNode node, List<Input> inputs) {
    for (Input input : inputs) {
      tell(node, "in ", describe(input));
    }
  }

  @Override
  public void performing(SimNode node, Effect effect) {
    tell(node, "out", describe(node, effect));
  }

  @Override
  public void process(SimNode node, String what) {
    tell(node, "is ", what);
  }

  private void tell(SimNode node, String way, String what) {
    lines.accept(node.nowNanos() + " " + node.facts().name() + " " + way + " " + what);
  }

  private String describe(Input input) {
    if (input instanceof Input.Received received) {
      return "received " + received.connection() + " " + digest(received.data());
    }
    if (input instanceof Input.FilePiece piece) {
      return "file piece " + piece.ticket() + " " + digest(piece.data());
    }
    return input.toString();
  }

  private String describe(SimNode node, Effect effect) {
    if (effect instanceof Effect.Send send) {
      return "send "
          + send.connection()
          + " to "
          + node.peerOf(send.connection())
          + " "
          + digest(send.data());
    }
    if (effect instanceof Effect.Append append) {
      return "append " + append.file() + " " + digest(append.data());
    }
    if (effect instanceof Effect.AppendLater append) {
      return "append later " + append.file() + " " + digest(append.data());
    }
    if (effect instanceof Effect.Replace replace) {
      return "replace " + replace.file() + " " + digest(replace.data());
    }
    if (effect instanceof Effect.Log line) {
      return "log "
          + digest(line.message().getBytes(StandardCharsets.UTF_8))
          + " "
          + line.message();
    }
    return effect.toString();
  }

  private String digest(byte[] data) {
    content.reset();
    content.update(data, 0, data.length);
    return String.format(Locale.ROOT, "%d bytes %08x", data.length, content.getValue());
  }
}
