package io.shardquake.harness.target;

import io.shardquake.faults.Capabilities;
import io.shardquake.faults.plan.Mechanism;
import io.shardquake.harness.target.ClusterOptions.Wiring;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What can be done to the links of a cluster, by how they are made. Pure. */
public final class WiringCapabilities {
  private static final String ONLY_PROXY =
      "a packet filter can only drop and reset; this needs --network proxy";
  private static final String ONLY_FILTER =
      "a link proxy knows no packets; this needs --network nft";
  private static final String NO_WIRES =
      "the cluster was started without anything between its nodes";

  private WiringCapabilities() {}

  /** What is left of what a target can have done to it when its nodes are connected like this. */
  public static Capabilities restrict(Capabilities target, Wiring wiring) {
    Map<String, String> missing = new TreeMap<>(target.missing());
    String links = Mechanism.LINKS.toString();
    String proxy = Mechanism.LINK_PROXY.toString();
    String filter = Mechanism.PACKET_FILTER.toString();
    switch (wiring) {
      case DIRECT -> missing.putIfAbsent(links, NO_WIRES);
      case PROXIED -> {
        Optional.ofNullable(missing.get(proxy)).ifPresent(what -> missing.putIfAbsent(links, what));
        missing.putIfAbsent(filter, ONLY_FILTER);
      }
      case FILTERED -> missing.putIfAbsent(proxy, ONLY_PROXY);
    }
    return new Capabilities(missing);
  }

  /** The same of a cluster that was started with these options. */
  static Capabilities of(Capabilities target, ClusterOptions options) {
    Map<String, String> missing = new TreeMap<>(restrict(target, options.wiring()).missing());
    if (!options.shimmed()) {
      missing.putIfAbsent(
          Mechanism.SHIM.toString(), "the cluster was started without a shim before its nodes");
    }
    return new Capabilities(missing);
  }
}
