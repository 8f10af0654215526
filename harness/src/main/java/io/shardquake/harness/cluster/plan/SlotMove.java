package io.shardquake.harness.cluster.plan;

/**
 * A slot that shall go from one master to another.
 *
 * @param slot 0 to 16383
 * @param from identifier of the master that owns it
 * @param to identifier of the master that shall own it
 */
public record SlotMove(int slot, String from, String to) {}
