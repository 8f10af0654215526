package io.shardquake.harness.sim.script;

import io.shardquake.workloads.generator.Request;

/**
 * A request of a script.
 *
 * @param atNanos since the start of the traffic; not before this, and not before the worker is free
 * @param worker who makes it, from 0
 * @param request what it asks
 */
public record ScriptedRequest(long atNanos, int worker, Request request) {}
