package io.shardquake.faults.network;

/** What connections are for. */
public enum Plane {
  /** From clients, among them the harness, to a node's data port. */
  CLIENT,
  /** From nodes to a node's data port: replication, and the migration of keys. */
  REPLICATION,
  /** From nodes to a node's bus port. */
  BUS
}
