package io.shardquake.harness.sim.network;

/** One end of a connection, for whoever has it. */
public final class Socket {
  private final Connection connection;
  private final Pipe out;
  private final Pipe in;

  Socket(Connection connection, Pipe out, Pipe in) {
    this.connection = connection;
    this.out = out;
    this.in = in;
  }

  /** Sends bytes, which belong to the network from now on; after an end, does nothing. */
  public void send(byte[] data) {
    out.send(data);
  }

  /** Ends the connection once everything sent has arrived; nothing is received any more. */
  public void close() {
    in.deafen();
    out.end();
    connection.forgetIfOver();
  }

  /** Asks for {@link Peer#drained()} once what was sent so far has left this machine. */
  public void awaitDrained() {
    out.awaitDrained();
  }

  /** Who sends here, as the network knows it. */
  public String from() {
    return out.lane().direction().from();
  }

  /** Who receives what is sent here. */
  public String to() {
    return out.lane().direction().to();
  }

  /** What the connection is for. */
  public io.shardquake.faults.network.Plane plane() {
    return out.lane().direction().plane();
  }
}
