package io.shardquake.harness.interpreter;

import io.shardquake.workloads.client.Client;
import io.shardquake.workloads.client.ClientFactory;
import io.shardquake.workloads.generator.Request;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A place where one process after the other sits, with its client and the operation it has open.
 * Belongs to the interpreter's thread.
 */
final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private final ClientFactory clients;
  private @Nullable Client client;
  private @Nullable Request open;
  private long invokedNanos;
  private long ticket;

  Worker(ClientFactory clients) {
    this.clients = clients;
  }

  /** The client of the process that sits here now. */
  Client clientOf(int process) {
    Client present = client;
    if (present == null) {
      present = clients.open(process);
      client = present;
    }
    return present;
  }

  /** Opens an operation; returns the ticket that its outcome must show. */
  long begin(Request request, long timeNanos) {
    open = request;
    invokedNanos = timeNanos;
    return ++ticket;
  }

  /** The request that waits for an outcome with this ticket; empty for any other ticket. */
  Optional<Request> awaiting(long shown) {
    return shown == ticket ? Optional.ofNullable(open) : Optional.empty();
  }

  /** The ticket of the operation that is open; -1 if none is. */
  long openTicket() {
    return open == null ? -1 : ticket;
  }

  long invokedNanos() {
    return invokedNanos;
  }

  /** Closes the operation. */
  void end() {
    open = null;
  }

  /** Closes the client: the process that it belonged to will not come back. */
  void retire() {
    Client present = client;
    client = null;
    if (present != null) {
      try {
        present.close();
      } catch (RuntimeException e) {
        LOG.warn("a client that is given up could not be closed", e);
      }
    }
  }
}
