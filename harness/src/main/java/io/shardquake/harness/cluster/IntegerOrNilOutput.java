package io.shardquake.harness.cluster;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;

/** A whole number; -1 where the server has none to give. Not thread-safe. */
final class IntegerOrNilOutput extends CommandOutput<String, String, Long> {
  IntegerOrNilOutput() {
    super(StringCodec.UTF8, -1L);
  }

  @Override
  public void set(long integer) {
    output = integer;
  }

  @Override
  public void set(ByteBuffer nil) {
    output = -1L;
  }
}
