package io.shardquake.harness.sim.client;

import io.shardquake.harness.sim.network.SimNetwork;
import io.shardquake.workloads.cluster.Transport;
import io.shardquake.workloads.cluster.TransportFactory;
import java.util.ArrayList;
import java.util.List;

/** Connections of clients over a simulated network, each client on a machine of its own. */
public final class SimTransports implements TransportFactory {
  private final SimNetwork network;
  private final List<SimTransport> opened = new ArrayList<>();
  private int count;

  public SimTransports(SimNetwork network) {
    this.network = network;
  }

  @Override
  public Transport open() {
    count++;
    SimTransport transport =
        new SimTransport(network, "10.1." + count / 250 % 250 + "." + (count % 250 + 1));
    opened.add(transport);
    return transport;
  }

  @Override
  public void close() {
    opened.forEach(SimTransport::close);
    opened.clear();
  }
}
