package io.shardquake.harness.sim.network;

/** Where somebody may listen. */
record Endpoint(String ip, int port) {}
