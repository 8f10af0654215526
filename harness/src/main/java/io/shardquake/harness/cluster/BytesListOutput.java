package io.shardquake.harness.cluster;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Collects strings of any bytes, from an array or alone; null replies are left out. */
final class BytesListOutput extends CommandOutput<String, String, List<byte[]>> {
  BytesListOutput() {
    super(StringCodec.UTF8, new ArrayList<>());
  }

  @Override
  public void set(ByteBuffer bytes) {
    // The driver passes null for a null reply.
    if (bytes != null) {
      byte[] content = new byte[bytes.remaining()];
      bytes.get(content);
      output.add(content);
    }
  }
}
