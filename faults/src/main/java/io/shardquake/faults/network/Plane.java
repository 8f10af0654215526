package io.shardquake.faults.network;

import java.util.Locale;

/** What connections are for. */
public enum Plane {
  /** From clients, among them the harness, to a node's data port. */
  CLIENT,
  /** From nodes to a node's data port: replication, and the migration of keys. */
  REPLICATION,
  /** From nodes to a node's bus port. */
  BUS;

  /** As plans have it. */
  @Override
  public String toString() {
    return this == CLIENT ? "clients" : name().toLowerCase(Locale.ROOT);
  }
}
