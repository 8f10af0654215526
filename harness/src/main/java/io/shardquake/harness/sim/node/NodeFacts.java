package io.shardquake.harness.sim.node;

import io.shardquake.node.core.defect.Defect;
import java.util.Set;
import java.util.SortedMap;

/**
 * What makes a node.
 *
 * @param number from 1
 * @param name the harness's name of it
 * @param ip its address
 * @param port for clients
 * @param directives its configuration
 * @param defects that its core is given
 */
public record NodeFacts(
    int number,
    String name,
    String ip,
    int port,
    SortedMap<String, String> directives,
    Set<Defect> defects) {
  /** How far above the port for clients that of the bus is. */
  private static final int BUS_OFFSET = 10_000;

  public int busPort() {
    return port + BUS_OFFSET;
  }
}
