package io.shardquake.harness.netns;

/**
 * A node behind the packet filter.
 *
 * @param address of its own, on loopback
 * @param port on which it serves clients and replicas
 * @param busPort on which it serves the cluster bus
 * @param control the address by which the harness reaches it whatever is filtered
 */
public record FilteredNode(String address, int port, int busPort, String control) {}
