package io.shardquake.harness.sim.invariant;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The votes that have been given, read off the bus. */
final class Votes {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int SIGNATURE = 0x52436d62;
  private static final int TYPE = 12;
  private static final int CURRENT_EPOCH = 16;
  private static final int FAILOVER_AUTH_ACK = 6;

  private final Set<Vote> given = new LinkedHashSet<>();

  private record Vote(String voter, long epoch) {}

  /** Takes note of what is being sent; what is wrong if it is a second vote in its epoch. */
  Optional<String> second(String voter, byte[] message) {
    boolean vote =
        message.length >= CURRENT_EPOCH + Long.BYTES
            && (int) INT.get(message, 0) == SIGNATURE
            && ((int) INT.get(message, TYPE) >>> 16) == FAILOVER_AUTH_ACK;
    if (!vote) {
      return Optional.empty();
    }
    long epoch = (long) LONG.get(message, CURRENT_EPOCH);
    return given.add(new Vote(voter, epoch))
        ? Optional.empty()
        : Optional.of("it votes a second time in epoch " + epoch);
  }
}
