package io.shardquake.node.core.persistence;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.propagation.Propagation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiConsumer;

/** Runs again what an append-only file says was done. Not thread-safe. */
final class Replay {
  private static final byte[] UNKNOWN = "-ERR unknown ".getBytes(StandardCharsets.US_ASCII);

  private final BiConsumer<Client, byte[][]> handler;
  private final Propagation propagation;
  private Client client = newClient();

  /**
   * A replay.
   *
   * @param handler runs a client's request at once
   */
  Replay(BiConsumer<Client, byte[][]> handler, Propagation propagation) {
    this.handler = handler;
    this.propagation = propagation;
  }

  private static Client newClient() {
    Client client = new Client(0, -1, "", "", 0, itself -> {});
    client.become(Client.Kind.MASTER);
    return client;
  }

  /** Begins a file: no database is selected, no transaction is open. */
  void begin() {
    client = newClient();
  }

  /**
   * Runs a request. Errors other than that there is no such command are passed over, as Redis does:
   * they came when it was first run, too.
   *
   * @return whether there is such a command
   */
  boolean run(byte[][] request) {
    propagation.suspend(true);
    try {
      handler.accept(client, request);
    } finally {
      propagation.suspend(false);
    }
    byte[] reply = client.reply().take();
    return reply.length < UNKNOWN.length
        || !Arrays.equals(reply, 0, UNKNOWN.length, UNKNOWN, 0, UNKNOWN.length);
  }

  boolean isInTransaction() {
    return client.transaction().isPresent();
  }
}
