package io.shardquake.harness.target;

/**
 * Where a node is reached.
 *
 * @param name the harness's name of the node ({@code n1})
 * @param host address that clients connect to
 * @param port port that clients connect to
 * @param nodeId the node's identifier in the cluster when the cluster was formed (40 hexadecimal
 *     digits)
 */
public record NodeEndpoint(String name, String host, int port, String nodeId) {}
